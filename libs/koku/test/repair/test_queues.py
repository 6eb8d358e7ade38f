"""When the repair tells a person of waiting tasks."""

import unittest
from datetime import UTC, datetime, timedelta

from queues import Queue, heads, standing

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LIMIT = timedelta(minutes=10)
OCP = Queue("ocp", 3, "task-1")


def told(minutes, busy, queues=(OCP,), then=(OCP,)):
    """The sentences of a run that comes some minutes after another one."""
    later = NOW + timedelta(minutes=minutes)
    return [problem.sentence for problem in standing(then, heads(then, heads(queues, {}, NOW), later), busy, later, LIMIT)]


class AQueue(unittest.TestCase):
    def test_from_which_an_idle_worker_takes_nothing_is_reported_after_ten_minutes(self):
        self.assertEqual(told(9, {"ocp": False}), [])
        [sentence] = told(10, {"ocp": False})
        self.assertIn("queue ocp: tasks waiting: 3, none taken since 12:00 UTC, and its worker runs no task", sentence)

    def test_that_no_worker_consumes_is_reported(self):
        [sentence] = told(10, {})
        self.assertIn("no worker that answers consumes it", sentence)

    def test_whose_worker_is_busy_for_an_hour_is_not_reported(self):
        self.assertEqual(told(60, {"ocp": True}), [])

    def test_from_which_a_worker_took_a_task_is_not_reported(self):
        self.assertEqual(told(60, {"ocp": False}, then=(Queue("ocp", 3, "task-2"),)), [])

    def test_that_is_empty_is_not_reported_and_is_forgotten(self):
        empty = Queue("ocp", 0, None)
        self.assertEqual(heads([empty], {"ocp": {"task": "task-1", "since": NOW.isoformat()}}, NOW), {})
        self.assertEqual(told(60, {"ocp": False}, then=(empty,)), [])


if __name__ == "__main__":
    unittest.main()
