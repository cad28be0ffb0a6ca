"""Takes facts (id, crate, date, versions) about the crates in Cargo.lock from a checkout of https://github.com/RustSec/advisory-db.

Entries made by hand stay until the database has them. `tests/supply-chain take FOLDER` runs it; needs Python 3.11 and git.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

LIST = Path("tests/data/advisories.toml")
HEAD = """# Facts of public advisories about the crates in Cargo.lock; tests/tests/advisories.rs holds the lock file to them.
# `database` is written by `tests/supply-chain take FOLDER`; `by_hand` is what is known beyond its snapshot:
# its dates are the advisory's or those of the page in `source` that names it.
"""


def git(folder: str, *words: str) -> str:
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, text=True).stdout


def line(entry: dict) -> str:
    def texts(values: list) -> str:
        return "[" + ", ".join(f'"{value}"' for value in values) + "]"

    text = f'    {{ id = "{entry["id"]}", crate = "{entry["crate"]}", date = "{entry["date"]}"'
    for name in ("patched", "unaffected"):
        if entry.get(name):
            text += f", {name} = {texts(entry[name])}"
    for name in ("informational", "source"):
        if entry.get(name):
            text += f', {name} = "{entry[name]}"'
    return text + " },\n"


def table(name: str, about: dict, entries: list) -> str:
    head = f"\n[{name}]\n" + "".join(f'{key} = "{value}"\n' for key, value in about.items())
    return head + "advisories = [\n" + "".join(map(line, sorted(entries, key=lambda e: (e["crate"], e["id"])))) + "]\n"


def main(folder: str) -> None:
    crates = {package["name"] for package in tomllib.loads(Path("Cargo.lock").read_text())["package"]}
    commit, date = git(folder, "log", "-1", "--format=%H %cs").split()
    taken = []
    for path in git(folder, "ls-tree", "-r", "--name-only", "HEAD", "crates/").split():
        if path.split("/")[1] not in crates:
            continue
        head = re.match(r"```toml\n(.*?)```", git(folder, "show", f"HEAD:{path}"), re.S)
        if head is None:
            sys.exit(f"{path} is not written as expected")
        document = tomllib.loads(head[1])
        advisory, versions = document["advisory"], document["versions"]
        if "withdrawn" in advisory:
            continue
        taken.append({
            "id": advisory["id"], "crate": advisory["package"], "date": advisory["date"],
            "patched": versions.get("patched"), "unaffected": versions.get("unaffected"),
            "informational": advisory.get("informational"),
        })
    kept = tomllib.loads(LIST.read_text())["by_hand"]
    known = {entry["id"] for entry in taken}
    by_hand = [entry for entry in kept.pop("advisories") if entry["id"] not in known]
    about = {"source": "https://github.com/RustSec/advisory-db", "commit": commit, "date": date}
    LIST.write_text(HEAD + table("database", about, taken) + table("by_hand", kept, by_hand))
    print(f"{len(taken)} advisories about our crates, snapshot of {date}; {len(by_hand)} kept by hand")


main(sys.argv[1])
