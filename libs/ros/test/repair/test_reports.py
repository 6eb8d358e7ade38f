"""What the repair of the resource optimisation does with a report."""

import json
import unittest
from datetime import UTC, datetime, timedelta

from reports import Limits, MEASURED, Message, again, is_due, measurements, missing, reports

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LIMITS = Limits(pause=timedelta(hours=1), attempts=5, retention=timedelta(days=7))
ABOUT = {"org_id": "org1", "source_id": "7", "cluster_uuid": "cluster-1", "cluster_alias": "alias"}
KEY = "org1/source=p/date=2026-11-28/ros-container.csv"


def announced(request="request-1", hours_ago=2, waits=False, keys=(KEY,), **changes):
    value = {"request_id": request, "metadata": ABOUT, "files": ["old"], "object_keys": list(keys), **changes}
    return Message(NOW - timedelta(hours=hours_ago), waits, json.dumps(value).encode())


def due(*messages):
    return [request for request, report in reports(messages).items() if is_due(report, NOW, LIMITS)]


class AReport(unittest.TestCase):
    def test_is_checked_once_the_processor_has_had_an_hour(self):
        self.assertEqual(due(announced(hours_ago=0.9)), [])
        self.assertEqual(due(announced(hours_ago=1.1)), ["request-1"])

    def test_that_the_processor_has_not_taken_is_left_for_as_long_as_it_waits(self):
        self.assertEqual(due(announced(hours_ago=100, waits=True)), [])
        self.assertEqual(due(announced(hours_ago=100, waits=True), announced(hours_ago=50)), [])

    def test_that_was_announced_again_waits_twice_as_long_each_time(self):
        twice = [announced(hours_ago=9), announced(hours_ago=1.9)]
        self.assertEqual(due(*twice), [])
        self.assertEqual(due(*twice[:1], announced(hours_ago=2.1)), ["request-1"])
        self.assertEqual(reports(twice)["request-1"].times, 2)

    def test_keeps_the_objects_of_all_its_announcements(self):
        found = reports([announced(keys=["a"], hours_ago=3), announced(keys=["b"])])["request-1"]
        self.assertEqual(found.keys, {"a", "b"})

    def test_is_not_made_of_other_messages(self):
        strange = [Message(NOW, False, value) for value in (b"", b"\xff", b"[]", b"{}", b'"a"')]
        without = announced(metadata={"org_id": 1, "source_id": "1", "cluster_uuid": "1"})
        self.assertEqual(reports([*strange, without]), {})

    def test_is_announced_again_as_koku_announced_it_with_fresh_addresses(self):
        report = reports([announced()])["request-1"]
        sent = json.loads(again(report, {KEY: "https://store/fresh"}))
        first = json.loads(announced().value)
        self.assertEqual(sent, {**first, "files": ["https://store/fresh"]})


ROW = {
    "namespace": "shop",
    "workload": "till",
    "workload_type": "Deployment",
    "owner_kind": "ReplicaSet",
    "owner_name": "till-5c9d",
    "interval_end": "2026-11-28 10:15:00 +0000 UTC",
    **dict.fromkeys(MEASURED, "0.5"),
}


def read(*rows):
    names = list(ROW)
    return measurements([",".join(names), *(",".join({**ROW, **row}[name] for name in names) for row in rows)], ABOUT)


class AFile(unittest.TestCase):
    def test_has_the_experiments_and_times_that_the_processor_tells_kruize(self):
        later = {"interval_end": "2026-11-28 10:30:00 +0000 UTC"}
        self.assertEqual(
            read({}, later),
            {
                "org1|7|cluster-1|shop|deployment|till": {
                    datetime(2026, 11, 28, 10, 15, tzinfo=UTC),
                    datetime(2026, 11, 28, 10, 30, tzinfo=UTC),
                }
            },
        )

    def test_counts_pods_without_a_workload_to_their_owner(self):
        self.assertEqual(
            list(read({"workload": "<none>", "workload_type": "replicaset"})),
            ["org1|7|cluster-1|shop|replicaset|till-5c9d"],
        )

    def test_has_rows_that_the_processor_ignores(self):
        for ignored in (
            {"workload_type": "job"},
            {"workload_type": "<none>"},
            {"owner_name": ""},
            {"cpu_usage_container_avg": ""},
            {"memory_usage_container_max": "-1"},
        ):
            with self.subTest(ignored):
                self.assertEqual(read(ignored), {})

    def test_that_the_processor_cannot_read_is_empty(self):
        for lines in ([], ["a,b", "1,2"], ["\0"], [",".join(ROW), "x"]):
            with self.subTest(lines):
                self.assertEqual(measurements(lines, ABOUT), {})


ONE, TWO = (datetime(2026, 11, 28, 10, minute, tzinfo=UTC) for minute in (15, 30))


class WhatKruizeKnows(unittest.TestCase):
    MUST = {"a": frozenset({ONE, TWO}), "b": frozenset({ONE, TWO})}

    def test_misses_an_experiment_of_which_it_has_nothing(self):
        self.assertEqual(missing(self.MUST, {}), 2)
        self.assertEqual(missing(self.MUST, {"a": frozenset({ONE, TWO})}), 1)

    def test_misses_an_interval_of_which_it_has_no_experiment(self):
        self.assertEqual(missing(self.MUST, {"a": frozenset({ONE}), "b": frozenset({ONE})}), 1)

    def test_misses_an_experiment_of_which_it_has_only_an_earlier_report(self):
        day = [datetime(2026, 11, 28, hour, minute, tzinfo=UTC) for hour in (9, 10) for minute in (0, 15, 30, 45)]
        must = {"a": frozenset(day), "b": frozenset(day)}
        self.assertEqual(missing(must, {"a": frozenset(day), "b": frozenset(day[:4])}), 1)
        self.assertEqual(missing(must, {"a": frozenset(day), "b": frozenset(day[:5])}), 0)

    def test_misses_nothing_if_it_refused_single_measurements(self):
        self.assertEqual(missing(self.MUST, {"a": frozenset({ONE, TWO}), "b": frozenset({ONE})}), 0)


if __name__ == "__main__":
    unittest.main()
