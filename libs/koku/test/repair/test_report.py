"""When a run fails, so that an alert tells a person."""

import contextlib
import io
import unittest
from datetime import UTC, datetime, timedelta

from report import Report
from rules import Problem

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def ended(told, now=NOW, *problems):
    report = Report()
    for problem in problems:
        report.problem(problem)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code, told = report.end(told, now)
    return code, told, said.getvalue()


A = Problem("a", "a is missing")
B = Problem("b", "b is missing")


class ARun(unittest.TestCase):
    def test_that_leaves_nothing_to_a_person_succeeds(self):
        self.assertEqual(ended({}), (0, {}, "nothing to do; left to a person: 0\n"))

    def test_fails_once_a_day_because_of_the_same_thing_and_prints_it_each_time(self):
        code, told, said = ended({}, NOW, A)
        self.assertEqual((code, said), (1, "! a is missing\nnothing to do; left to a person: 1\n"))
        code, told, said = ended(told, NOW + timedelta(hours=23), A)
        self.assertEqual((code, said), (0, "! a is missing\nnothing to do; left to a person: 1\n"))
        self.assertEqual(ended(told, NOW + timedelta(hours=24), A)[0], 1)

    def test_fails_because_of_each_new_thing(self):
        _, told, _ = ended({}, NOW, A)
        self.assertEqual(ended(told, NOW + timedelta(minutes=5), A, B)[0], 1)

    def test_forgets_solved_problems(self):
        _, told, _ = ended({}, NOW, A)
        _, told, _ = ended(told, NOW + timedelta(minutes=5))
        self.assertEqual(ended(told, NOW + timedelta(minutes=10), A)[0], 1)


if __name__ == "__main__":
    unittest.main()
