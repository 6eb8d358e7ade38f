"""What a run says: a line for each thing done, one sentence for each that a person must do, and a count of all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from rules import Problem

#: Something that is left to a person makes one run a day fail. A failed run is what an alert sees; but Argo CD calls a
#: CronJob whose last run failed degraded, and ends a sync with an error, so not every run may fail.
REMINDER = timedelta(days=1)


class Report:
    """The log of one run; every line is written at once."""

    def __init__(self) -> None:
        self._problems: dict[str, Problem] = {}
        self._counts: Counter[str] = Counter()

    def done(self, what: str, sentence: str | None = None) -> None:
        """Counts something, and tells of it where that is worth a line."""
        self._counts[what] += 1
        if sentence:
            print(sentence, flush=True)

    def problem(self, problem: Problem | None) -> None:
        """Leaves something to a person; of several about the same thing the first is told."""
        if problem:
            self._problems.setdefault(problem.about, problem)

    def end(self, told: dict[str, str], now: datetime) -> tuple[int, dict[str, str]]:
        """
        Says what a person must do, and how much was done.

        :param told: when a run last failed for each thing
        :return: the exit code, 1 where a person must be told, and what was told when
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
