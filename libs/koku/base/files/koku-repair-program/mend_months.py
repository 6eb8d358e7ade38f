"""The half of the repair that asks Koku for totals which it never finished."""

from __future__ import annotations

from datetime import date, datetime

from database import Database
from memory import Memory, attempts_of, stored_attempts
from report import Report
from rules import Attempts, Limits, Manifest, Month, Problem, abandoned, months
from workers import Workers


class MonthRepair:
    """One run of this half."""

    def __init__(self, database: Database, workers: Workers, memory: Memory) -> None:
        self.database = database
        self.workers = workers
        self.memory = memory

    def run(self, kept: frozenset[str], now: datetime, limits: Limits, report: Report) -> None:
        """
        Asks for missing totals, and completes manifests whose totals Koku has made since.

        :param kept: manifests whose uploads are still there
        """
        unfinished = self.database.unfinished(now - limits.retention)
        for manifest in unfinished:
            if manifest.unprocessed and manifest.uuid not in kept and now - manifest.created > limits.patience:
                name = f"manifest {manifest.uuid} of cluster {manifest.cluster}"
                files = len(manifest.unprocessed)
                report.problem(
                    Problem(name, f"{name} has {files} files that Koku never processed, and no upload holds")
                )
        waiting = [item for item in unfinished if not item.unprocessed and now - item.sign_of_life >= limits.quiet]
        cluster = {item.provider: item for item in waiting}
        asked = {month: attempts_of(self.memory.months.get(month.key())) for month in months(waiting)}
        made = frozenset(
            month
            for month, attempts in asked.items()
            if attempts.last and self.database.summarised_since(cluster[month.provider].schema, month, attempts.last)
        )
        left = []
        for manifest in waiting:
            if made_since(manifest, made, asked):
                self.database.complete(manifest)
                name = f"cluster {manifest.cluster}, manifest {manifest.uuid}"
                report.done("manifests completed", f"completed: {name}")
            else:
                left.append(manifest)
        self.memory.months = {}
        for month, days in months(left).items():
            # Totals that are not enough were made for something else, so start counting again.
            before = Attempts() if month in made else asked[month]
            attempts = self._ask(cluster[month.provider], month, days, before, now, limits, report)
            self.memory.months[month.key()] = stored_attempts(attempts)

    def _ask(
        self,
        manifest: Manifest,
        month: Month,
        days: tuple[date, date],
        before: Attempts,
        now: datetime,
        limits: Limits,
        report: Report,
    ) -> Attempts:
        """Asks for a month's totals, unless a worker is busy with them."""
        name = f"cluster {manifest.cluster}, {month.month:%Y-%m}"
        if before.times >= limits.attempts:
            sentence = f"totals were asked for {before.times} times and never made; the log of the workers says why"
            report.problem(Problem(name, f"{name}: {sentence}"))
        for lock in self.database.locks(month.provider):
            if abandoned(lock, month.provider, self.workers.running(), now):
                self.database.free(lock)
                report.done("locks freed", f"freed a lock whose task was killed: {lock.key}")
        if self.workers.busy_with(month.provider):
            report.done("months that workers are busy with")
            return before
        if before.last and now - before.last < limits.pause(before.times):
            return before
        first, last = days
        self.workers.summarise(manifest, first, last)
        report.done("months asked for", f"asked for totals, time {before.times + 1}: {name}, {first} to {last}")
        return Attempts(before.times + 1, now)


def made_since(manifest: Manifest, made: frozenset[Month], asked: dict[Month, Attempts]) -> bool:
    """Whether Koku made the totals of all months of a manifest since it stored the files. True for one without days."""
    for month in months([manifest]):
        last = asked[month].last
        if month not in made or not last or last < manifest.sign_of_life:
            return False
    return True
