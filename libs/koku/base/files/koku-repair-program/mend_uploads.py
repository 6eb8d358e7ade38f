"""The half of the repair that announces dropped uploads again, and removes processed ones."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import datetime

from announcements import Announcements
from database import Database
from memory import Memory, attempts_of, stored_attempts, stored_upload, upload_of
from report import Report
from rules import CLOCKS, Attempts, Limits, Manifest, Problem, Upload, decide, minutes
from uploads import Refused, Uploads

#: What Django's environment reads as true.
TRUE = frozenset({"true", "on", "ok", "y", "yes", "1"})


class UploadRepair:
    """One run of this half."""

    def __init__(self, database: Database, uploads: Uploads, announcements: Announcements, memory: Memory) -> None:
        self.database = database
        self.uploads = uploads
        self.announcements = announcements
        self.memory = memory
        self.providers: dict[tuple[str, str], str | None] = {}

    def run(self, now: datetime, limits: Limits, report: Report) -> frozenset[str]:
        """Decides about every upload; returns the manifests whose uploads are still stored."""
        # Ask Kafka before listing the uploads, so that Kafka announced none of the listed ones later.
        places = self.announcements.unconfirmed()
        uploads = self._read(now, limits, report)
        held: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
        for upload in uploads:
            if upload.payload:
                held[upload.organisation, upload.payload.manifest] |= upload.payload.held
        found = [(upload, *self._known(upload)) for upload in uploads]
        passed_on = self._passed_on([upload for upload, _, known in found if known and known.completed])
        again: list[Upload] = []
        for upload, provider, known in found:
            payload = upload.payload
            together = held[upload.organisation, payload.manifest] if payload else frozenset()
            place = places.get(upload.request)
            left_out = frozenset()
            if payload and passed_on is not None:
                left_out = payload.passed_on - passed_on[upload.request]
            decision = decide(
                upload, provider is not None, known, together, place, now, limits, self.memory.outage, left_out
            )
            report.problem(decision.problem)
            if payload and not provider:
                report.done("uploads that wait for a source")
            if decision.action == "announce":
                again.append(upload)
            elif decision.action == "finish" and known:
                self._finish(upload, known, report)
            elif decision.action == "forget":
                self._remove(upload, report, "too old", f"removed, too old: {upload.request}, {minutes(upload.stored)}")
        self._announce(again, now, report)
        return frozenset(upload.payload.manifest for upload in uploads if upload.payload)

    def _known(self, upload: Upload) -> tuple[str | None, Manifest | None]:
        """Koku's id of an upload's cluster, and what Koku knows of its manifest."""
        if not upload.payload:
            return None, None
        cluster = (upload.payload.cluster, upload.organisation)
        if cluster not in self.providers:
            self.providers[cluster] = self.database.provider(*cluster)
        provider = self.providers[cluster]
        return provider, self.database.manifest(provider, upload.payload.manifest) if provider else None

    def _passed_on(self, uploads: list[Upload]) -> dict[str, frozenset[str]] | None:
        """
        The files that Koku announced to the resource optimisation, for each upload; None if Koku must not announce any.
        Koku tries once, and drops them if the object store or Kafka does not answer.
        """
        if os.environ.get("DISABLE_ROS_MSG", "").lower() in TRUE:
            return None
        with_files = [upload.stored for upload in uploads if upload.payload and upload.payload.passed_on]
        found = self.announcements.passed_on(min(with_files) - CLOCKS) if with_files else {}
        return defaultdict(frozenset, found)

    def _read(self, now: datetime, limits: Limits, report: Report) -> list[Upload]:
        """The uploads that are old enough, the oldest first. Fetches each only once and remembers it."""
        stored = self.uploads.stored()
        for key in self.memory.uploads.keys() - stored.keys():
            del self.memory.uploads[key]
        for key in stored.keys() - self.memory.uploads.keys():
            if now - stored[key] >= limits.quiet:
                try:
                    upload = self.uploads.read(key)
                except Refused as refusal:
                    report.problem(Problem(key, f"object {key} of the bucket of uploads cannot be read: {refusal}"))
                    continue
                # Remember other objects too, because each run would fetch them otherwise.
                self.memory.uploads[key] = upload and stored_upload(*upload)
        uploads = [upload_of(key, stored[key], entry) for key, entry in self.memory.uploads.items() if entry]
        return sorted(uploads, key=lambda upload: upload.stored)

    def _announce(self, uploads: list[Upload], now: datetime, report: Report) -> None:
        self.announcements.announce([(upload, self.uploads.address(upload.request)) for upload in uploads])
        for upload in uploads:
            entry = self.memory.uploads[upload.request]
            times = attempts_of(entry.get("announced")).times + 1
            entry["announced"] = stored_attempts(Attempts(times, now))
            about = upload.payload and f"cluster {upload.payload.cluster}, manifest {upload.payload.manifest}"
            report.done(
                "uploads announced again",
                f"announced again, time {times}: {upload.request}, {minutes(upload.stored)}, {about}",
            )

    def _finish(self, upload: Upload, known: Manifest, report: Report) -> None:
        """Removes an upload, unless Koku made its totals from rows that it wrote twice."""
        removed = self.database.remove_second_copies(known)
        if removed:
            report.done(
                "manifests that were written twice",
                f"removed {removed} rows that Koku wrote twice: cluster {known.cluster}, manifest {known.uuid}",
            )
        else:
            self._remove(upload, report, "processed")

    def _remove(self, upload: Upload, report: Report, why: str, sentence: str | None = None) -> None:
        self.uploads.remove(upload.request)
        del self.memory.uploads[upload.request]
        report.done(f"uploads removed, {why}", sentence)
