"""Says what a run of cargo-mutants found: totals, survivors by name, and whether that may be. `tests/mutation` runs it.

    mutation.py check                        whether tests/mutants-accepted.txt is well formed
    mutation.py figure ALL OF OUTCOMES…      ALL lists every change (JSON), each of OUTCOMES is one shard of OF
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

ACCEPTED = Path("tests/mutants-accepted.txt")
# Of the changes that compile, so many per cent may survive unnamed.
SURVIVORS_MAX_PERCENT = 5
BETWEEN = " — "


def name(mutant: dict) -> str:
    """File and description, without line and column: `core/src/case/fold.rs: replace < with <= in amend`."""
    return re.sub(r"^([^:]+):\d+:\d+: ", r"\1: ", mutant["name"])


def accepted(text: str) -> tuple[Counter, list[str]]:
    """What may survive, how often, and what is wrong with the list. Two changes of one name are two lines."""
    names, wrong = Counter(), []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        change, between, reason = line.partition(BETWEEN)
        if not between or not reason.strip() or not re.match(r"^core/src/\S+\.rs: \S", change):
            wrong.append(f"line {number} is not like `FILE: CHANGE{BETWEEN}REASON`: {line}")
        else:
            names[change.strip()] += 1
    return names, wrong


class Found:
    """What is known of each change, by name."""

    def __init__(self, outcomes: list[dict]):
        by = {kind: Counter() for kind in ("CaughtMutant", "MissedMutant", "Unviable", "Timeout")}
        for outcome in outcomes:
            if outcome["scenario"] != "Baseline":
                by[outcome["summary"]][name(outcome["scenario"]["Mutant"])] += 1
        self.caught, self.missed, self.unviable, self.timeout = by.values()
        self.tried = sum((sum(names.values()) for names in by.values()))
        self.viable = self.tried - sum(self.unviable.values())


def judge(everything: list[dict], found: Found, text: str) -> tuple[list[str], list[str], Counter]:
    """What to print, what is wrong, and the survivors that no line names."""
    may, wrong = accepted(text)
    there = Counter(map(name, everything))
    tried = found.caught + found.missed + found.unviable + found.timeout
    for change, lines in may.items():
        if lines > there[change]:
            wrong.append(f"{ACCEPTED} names what is not there (any more): {change}")
        elif tried[change] == there[change] and lines > found.missed[change]:
            wrong.append(f"{ACCEPTED} names what the tests notice by now: {change}")
    unnamed = found.missed - may
    said = [f"survives: {change}" + (f" ({n} times)" if n > 1 else "") for change, n in sorted(unnamed.items())]
    said += [f"stopped after the time limit: {change}" for change in sorted(found.timeout.elements())]
    if sum(unnamed.values()) * 100 > found.viable * SURVIVORS_MAX_PERCENT:
        wrong.append(f"more than {SURVIVORS_MAX_PERCENT} % survive: write the test that is missing, delete what does nothing, or name it in {ACCEPTED}")
    return said, wrong, unnamed


def figure(total: int, shards: str, found: Found, unnamed: Counter) -> str:
    part = f"all {total} changes" if found.tried == total else f"sample of {found.tried} of {total} changes ({shards} shards)"
    survive, named = sum(unnamed.values()), sum((found.missed - unnamed).values())
    percent = 100 * survive / found.viable if found.viable else 0
    return (
        f"{part}: {found.viable} compile, {sum(found.caught.values())} noticed, {sum(found.timeout.values())} stopped by the time limit, "
        f"{survive} survive ({percent:.1f} %, at most {SURVIVORS_MAX_PERCENT}), {named} more may; {sum(found.unviable.values())} do not compile"
    )


def main(words: list[str]) -> int:
    text = ACCEPTED.read_text(encoding="utf-8")
    if words == ["check"]:
        names, wrong = accepted(text)
        wrong += [f"{ACCEPTED} names a file that is not there: {n}" for n in names if not Path(n.split(":")[0]).is_file()]
    else:
        _, everything, of, *shards = words
        everything = json.loads(Path(everything).read_text(encoding="utf-8"))
        outcomes = [one for shard in shards for one in json.loads(Path(shard).read_text(encoding="utf-8"))["outcomes"]]
        found = Found(outcomes)
        said, wrong, unnamed = judge(everything, found, text)
        print("\n".join(said + ["FIGURE " + figure(len(everything), f"{len(shards)} of {of}", found, unnamed)]))
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
