"""The verdict of the long stage `mutation`, held to what it promises. `tests/mutation check` runs it."""

import unittest

from tests.data import mutation

LESS = "core/src/case/fold.rs: replace < with <= in amend"


def change(name: str, line: int = 7) -> dict:
    file, what = name.split(": ", 1)
    return {"name": f"{file}:{line}:20: {what}"}


def outcomes(**summaries: list) -> mutation.Found:
    tried = [{"scenario": {"Mutant": one}, "summary": summary} for summary, many in summaries.items() for one in many]
    return mutation.Found([{"scenario": "Baseline", "summary": "Success"}, *tried])


class Verdict(unittest.TestCase):
    others = [change(f"core/src/rules/state.rs: replace f{n} with 0") for n in range(20)]

    def judged(self, found: mutation.Found, text: str = "", everything=None):
        return mutation.judge(everything or [change(LESS), *self.others], found, text)

    def test_one_in_twenty_may_survive_and_is_named(self):
        found = outcomes(CaughtMutant=self.others[:19], MissedMutant=[change(LESS)])
        said, wrong, _ = self.judged(found)
        self.assertEqual((said, wrong), ([f"survives: {LESS}"], []))
        found = outcomes(CaughtMutant=self.others[:18], MissedMutant=[change(LESS)], Unviable=self.others[18:])
        self.assertEqual(len(self.judged(found)[1]), 1, "what does not compile is not counted")

    def test_a_named_one_does_not_count_against_the_limit(self):
        found = outcomes(CaughtMutant=self.others[:3], MissedMutant=[change(LESS)])
        self.assertEqual(len(self.judged(found)[1]), 1)
        self.assertEqual(self.judged(found, f"# a remark\n\n{LESS} — nothing stands at that place\n")[:2], ([], []))

    def test_the_list_does_not_rot(self):
        gone = "core/src/case/fold.rs: replace old with ()"
        caught = outcomes(CaughtMutant=[change(LESS), *self.others])
        self.assertIn("not there", self.judged(caught, f"{gone} — why")[1][0])
        self.assertIn("notice by now", self.judged(caught, f"{LESS} — why")[1][0])
        untried = outcomes(CaughtMutant=self.others)
        self.assertEqual(self.judged(untried, f"{LESS} — why")[1], [], "a sample says nothing of what it did not try")

    def test_a_line_is_one_change_of_that_name(self):
        both = [change(LESS, 7), change(LESS, 9)]
        found = outcomes(CaughtMutant=self.others[:3], MissedMutant=both)
        self.assertEqual(self.judged(found, f"{LESS} — why", both + self.others)[0], [f"survives: {LESS}"])
        self.assertEqual(self.judged(found, f"{LESS} — why\n{LESS} — why\n", both + self.others)[:2], ([], []))

    def test_a_line_without_a_reason_is_refused(self):
        for line in (LESS, f"{LESS} — ", "amend — why", "server/src/lib.rs: replace a with b — why"):
            self.assertEqual(len(mutation.accepted(line)[1]), 1, line)

    def test_the_figure_says_when_it_is_a_sample(self):
        found = outcomes(CaughtMutant=self.others[:18], MissedMutant=[change(LESS)], Timeout=self.others[18:19])
        unnamed = self.judged(found)[2]
        self.assertTrue(mutation.figure(900, "1 of 40", found, unnamed).startswith("sample of 20 of 900 changes (1 of 40 shards): 20 compile, 18"))
        self.assertIn("1 survive (5.0 %, at most 5), 0 more may", mutation.figure(20, "40 of 40", found, unnamed))
        self.assertTrue(mutation.figure(20, "40 of 40", found, unnamed).startswith("all 20 changes: "))


if __name__ == "__main__":
    unittest.main()
