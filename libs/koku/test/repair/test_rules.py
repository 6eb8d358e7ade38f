"""What the repair does with an upload and with a month, and what it tells a person."""

import unittest
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from rules import Attempts, Limits, Lock, Manifest, Payload, RunningTask, Upload, abandoned, decide, months

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LIMITS = Limits(
    quiet=timedelta(minutes=10),
    working=timedelta(minutes=20),
    attempts=3,
    patience=timedelta(hours=24),
    retention=timedelta(days=14),
    standing=timedelta(minutes=10),
)
FILES = frozenset({"pods.csv", "volumes.csv"})
UPLOAD = Upload(
    request="ingress-1/abcdefghij-000001",
    stored=NOW - timedelta(minutes=15),
    organisation="org1",
    account="1",
    payload=Payload("cluster-1", "manifest-1", FILES, FILES),
)
MANIFEST = Manifest(
    number=7,
    uuid="manifest-1",
    provider="provider-1",
    cluster="cluster-1",
    schema="org1",
    created=NOW - timedelta(minutes=15),
    completed=False,
    daily=True,
    billing_month=date(2026, 11, 1),
    tracker={"pod_usage.2026-11-20.7": 1},
    processed=FILES,
    unprocessed=frozenset(),
    sign_of_life=NOW - timedelta(minutes=15),
)
BEGUN = replace(MANIFEST, processed=frozenset({"pods.csv"}), unprocessed=frozenset({"volumes.csv"}))


DONE = replace(MANIFEST, completed=True)


def decided(upload=UPLOAD, has_source=True, known=None, held=FILES, place=None, **more):
    return decide(upload, has_source, known, held, place, NOW, LIMITS, **more)


def old(**age):
    return replace(UPLOAD, stored=NOW - timedelta(**age))


class AnUpload(unittest.TestCase):
    def test_that_the_listener_confirmed_and_koku_does_not_know_is_announced_again(self):
        self.assertEqual(decided().action, "announce")

    def test_of_which_some_files_were_never_processed_is_announced_again(self):
        self.assertEqual(decided(known=BEGUN).action, "announce")

    def test_that_waits_for_the_listener_is_left(self):
        self.assertEqual(decided(place="queued").action, "leave")
        self.assertEqual(decided(old(days=3), place="queued").action, "leave")

    def test_that_the_listener_may_work_on_is_left_for_as_long_as_that_may_take(self):
        self.assertEqual(decided(place="read").action, "leave")
        self.assertEqual(decided(old(minutes=21), place="read").action, "announce")
        busy = replace(BEGUN, sign_of_life=NOW - timedelta(minutes=5))
        self.assertEqual(decided(old(minutes=21), known=busy, place="read").action, "leave")

    def test_that_ingress_may_still_announce_after_an_outage_of_kafka_is_left_until_it_has_had_time(self):
        for minutes_ago, action in ((9, "leave"), (11, "announce")):
            self.assertEqual(decided(old(days=2), outage=NOW - timedelta(minutes=minutes_ago)).action, action)

    def test_whose_files_are_in_the_database_waits_for_its_totals(self):
        self.assertEqual(decided(known=MANIFEST).action, "leave")

    def test_that_koku_completed_is_finished_when_its_announcements_are_confirmed(self):
        self.assertEqual(decided(known=DONE).action, "finish")
        self.assertEqual(decided(known=DONE, place="queued").action, "leave")
        self.assertEqual(decided(known=DONE, place="read").action, "leave")

    def test_of_which_koku_did_not_pass_on_all_files_is_announced_again_for_a_day(self):
        lost = frozenset({"ros.csv"})
        quiet = replace(DONE, sign_of_life=NOW - timedelta(hours=2))
        self.assertEqual(decided(known=DONE, not_passed_on=lost).action, "announce")
        self.assertEqual(decided(known=DONE, not_passed_on=lost, place="queued").action, "leave")
        often = Attempts(3, NOW - timedelta(hours=2))
        again = decided(replace(old(hours=23), announced=often), known=quiet, not_passed_on=lost)
        self.assertEqual(again.action, "announce")
        self.assertIn("3 times, and Koku has not passed on ros.csv", again.problem.sentence)
        last = decided(replace(old(hours=25), announced=often), known=quiet, not_passed_on=lost)
        self.assertEqual((last.action, last.problem), ("finish", again.problem))

    def test_without_a_source_is_kept_and_reported_after_a_day(self):
        self.assertEqual(decided(has_source=False).action, "leave")
        self.assertIsNone(decided(has_source=False).problem)
        late = decided(old(hours=25), has_source=False)
        self.assertEqual(late.action, "leave")
        self.assertEqual(
            late.problem.sentence,
            "cluster cluster-1 of organisation org1 has no source, and sends uploads since 2026-11-20 11:00 UTC; "
            "add the source, or the first is lost at 2026-12-04 11:00 UTC",
        )
        self.assertEqual(decided(old(hours=25)).action, "announce")

    def test_that_cannot_be_read_is_neither_announced_nor_removed_but_reported_for_a_day(self):
        self.assertEqual(decided(replace(UPLOAD, payload=None)).action, "leave")
        self.assertIn("no payload that Koku could read", decided(replace(UPLOAD, payload=None)).problem.sentence)
        later = decided(replace(old(days=15), payload=None))
        self.assertEqual((later.action, later.problem), ("leave", None))

    def test_that_was_announced_in_vain_waits_longer_each_time_and_is_reported_in_the_end(self):
        def announced(times, minutes_ago):
            return replace(old(days=1), announced=Attempts(times, NOW - timedelta(minutes=minutes_ago)))

        self.assertEqual(decided(announced(1, 19)).action, "leave")
        self.assertEqual(decided(announced(1, 21)).action, "announce")
        self.assertEqual(decided(announced(2, 39)).action, "leave")
        self.assertIsNone(decided(announced(2, 41)).problem)
        self.assertIn("announced 3 times", decided(announced(3, 1)).problem.sentence)
        self.assertEqual(decided(announced(30, 24 * 60 + 1)).action, "announce")

    def test_that_waits_for_another_part_is_not_announced_but_reported_after_a_day(self):
        part = Payload("cluster-1", "manifest-1", FILES, frozenset({"pods.csv"}))
        first = replace(UPLOAD, payload=part)
        self.assertEqual(decided(first, held=part.held).action, "leave")
        late = decided(replace(first, stored=NOW - timedelta(hours=25)), known=BEGUN, held=part.held)
        self.assertIn("with volumes.csv", late.problem.sentence)

    def test_of_several_parts_only_the_one_that_was_dropped_is_announced(self):
        first = replace(UPLOAD, payload=Payload("cluster-1", "manifest-1", FILES, frozenset({"pods.csv"})))
        second = replace(UPLOAD, payload=Payload("cluster-1", "manifest-1", FILES, frozenset({"volumes.csv"})))
        self.assertEqual(decided(first, known=BEGUN).action, "leave")
        self.assertEqual(decided(second, known=BEGUN).action, "announce")

    def test_is_not_kept_for_ever_and_a_person_is_told(self):
        for lost in (
            decided(old(days=15), has_source=False),
            decided(old(days=15), held=frozenset({"pods.csv"})),
            decided(replace(old(days=15), announced=Attempts(3, NOW - timedelta(days=1)))),
        ):
            self.assertEqual(lost.action, "forget")
            self.assertIsNotNone(lost.problem)

    def test_is_announced_even_if_kafka_was_away_for_longer_than_uploads_are_kept(self):
        self.assertEqual(decided(old(days=15), place="queued").action, "leave")
        self.assertEqual(decided(old(days=15)).action, "announce")
        twice = Attempts(2, NOW - timedelta(hours=1))
        self.assertEqual(decided(replace(old(days=15), announced=twice)).action, "announce")


class Months(unittest.TestCase):
    def test_are_those_of_the_days_with_data(self):
        days = {"pod_usage.2026-10-30.7": 1, "storage_usage.2026-11-02.7": 1, "manifest_openshift_report": 1}
        asked = months([replace(MANIFEST, tracker=days), MANIFEST])
        self.assertEqual(
            list(asked.values()),
            [(date(2026, 10, 30), date(2026, 10, 30)), (date(2026, 11, 2), date(2026, 11, 20))],
        )

    def test_are_whole_if_files_are_not_split_by_day(self):
        asked = months([replace(MANIFEST, daily=False, tracker={}, billing_month=date(2026, 12, 1))])
        self.assertEqual(list(asked.values()), [(date(2026, 12, 1), date(2026, 12, 31))])

    def test_are_none_without_data(self):
        self.assertEqual(months([replace(MANIFEST, tracker={})]), {})


class ALock(unittest.TestCase):
    # What Koku's cache stores for the host name `worker-1`.
    HOLDER = b"\x80\x05\x95\x0c\x00\x00\x00\x00\x00\x00\x00\x8c\x08worker-1\x94."
    LOCK = Lock("key", HOLDER, NOW - timedelta(minutes=10), NOW + timedelta(minutes=50))

    def is_abandoned(self, tasks, lock=LOCK, host="worker-1"):
        return abandoned(lock, "provider-1", {host: tasks, "worker-12": []}, NOW)

    def test_is_abandoned_if_its_worker_runs_and_has_no_such_task(self):
        self.assertTrue(self.is_abandoned([]))
        other = RunningTask(self.LOCK.taken, '["provider-2"]')
        self.assertTrue(self.is_abandoned([other]))

    def test_is_not_abandoned_while_its_task_runs(self):
        self.assertFalse(self.is_abandoned([RunningTask(self.LOCK.taken - timedelta(seconds=2), '["provider-1"]')]))

    def test_is_abandoned_if_the_only_such_task_waits_for_it(self):
        self.assertTrue(self.is_abandoned([RunningTask(NOW - timedelta(seconds=1), '["provider-1"]')]))

    def test_of_a_worker_that_does_not_answer_is_left_to_koku(self):
        self.assertFalse(self.is_abandoned([], host="worker-2"))

    def test_that_a_task_took_just_now_is_left(self):
        self.assertFalse(self.is_abandoned([], lock=replace(self.LOCK, taken=NOW - timedelta(seconds=30))))


if __name__ == "__main__":
    unittest.main()
