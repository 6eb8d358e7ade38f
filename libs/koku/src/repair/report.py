"""The output of a run: a line for each thing done, a sentence for each thing that a person must do, and counts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from rules import Problem

#: A problem that is left to a person makes one run a day fail, because an alert watches failed runs. Not every run may
#: fail, because Argo CD calls a CronJob whose last run failed degraded, and then fails a sync.
REMINDER = timedelta(days=1)


class Report:
    """The log of one run. Writes every line immediately."""

    def __init__(self) -> None:
        self._problems: dict[str, Problem] = {}
        self._counts: Counter[str] = Counter()

    def done(self, what: str, sentence: str | None = None) -> None:
        """Counts a thing, and prints the sentence if there is one."""
        self._counts[what] += 1
        if sentence:
            print(sentence, flush=True)

    def problem(self, problem: Problem | None) -> None:
        """Leaves a problem to a person. Reports only the first of several about the same thing."""
        if problem:
            self._problems.setdefault(problem.about, problem)

    def end(self, told: dict[str, str], now: datetime) -> tuple[int, dict[str, str]]:
        """
        Prints what a person must do, and how much the run did.

        :param told: when a run last failed because of each thing
        :return: the exit code (1 if a person must hear of something now), and the new `told`
        """
        for problem in self._problems.values():
            print(f"! {problem.sentence}", flush=True)
        done = ", ".join(f"{what}: {count}" for what, count in sorted(self._counts.items()))
        print(f"{done or 'nothing to do'}; left to a person: {len(self._problems)}", flush=True)
        known = {about: moment for about, moment in told.items() if about in self._problems}
        new = {
            about: now.isoformat()
            for about in self._problems
            if about not in known or now - datetime.fromisoformat(known[about]) >= REMINDER
        }
        return (1 if new else 0), known | new
