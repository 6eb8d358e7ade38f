"""The report of an understudy about a workload."""

import json
import tempfile
import unittest

from understudy import checks
from understudy.checks import Checks
from understudy.declaration import Connection, Workload, workload_of
from understudy.server import answer, page_of


def connection(**changes):
    fields = {
        "protocol": "test",
        "server": "server:1",
        "variables": {"host": "SERVER_HOST", "password": "SERVER_PASSWORD"},
        "buckets": [],
        "topics": [],
    }
    return Connection(**(fields | changes))


def workload(**changes):
    fields = {
        "name": "client",
        "listens": {},
        "readiness": ["/readyz"],
        "connections": [],
        "variables": [],
        "writes": [],
    }
    return Workload(**(fields | changes))


def fields_of(name):
    """A workload as in the file of declarations."""
    return {name: {"listens": {}, "readiness": [], "connections": [], "variables": [], "writes": []}}


class TheChecks(unittest.TestCase):
    def setUp(self):
        # A test may run as root, which can write to the root of the file system.
        self.addCleanup(setattr, checks, "try_to_write", checks.try_to_write)
        original = checks.try_to_write
        checks.try_to_write = lambda folder: "is read-only" if folder == "/" else original(folder)
        self.addCleanup(checks.PROTOCOLS.pop, "test", None)
        self.said = []

    def failures(self, declared, environment):
        return Checks(declared, environment, self.said.append).failures()

    def test_name_a_variable_that_is_missing(self):
        failures = self.failures(workload(variables=["GIVEN", "MISSING"]), {"GIVEN": ""})
        self.assertEqual(failures, {"variable MISSING": "is missing"})

    def test_name_a_folder_that_cannot_be_written_to(self):
        with tempfile.TemporaryDirectory() as folder:
            failures = self.failures(workload(writes=[folder, f"{folder}/nowhere"]), {})
        self.assertEqual(failures, {f"folder {folder}/nowhere": "cannot be written to: No such file or directory"})

    def test_name_a_root_that_can_be_written_to(self):
        checks.try_to_write = lambda _: None
        failures = self.failures(workload(), {})
        self.assertEqual(failures, {"folder /": "can be written to, and must be read-only"})

    def test_name_a_server_that_refuses_and_keep_the_password_out(self):
        def refuse(given, _):
            raise ConnectionError(f"{given['host']} refuses {given['password']}\nat once")

        checks.PROTOCOLS["test"] = refuse
        failures = self.failures(
            workload(connections=[connection()]), {"SERVER_HOST": "there", "SERVER_PASSWORD": "s3cret"}
        )
        self.assertEqual(failures, {"test server:1": "there refuses *** at once"})

    def test_name_a_ca_file_that_does_not_exist(self):
        checks.PROTOCOLS["test"] = lambda given, _: None
        trusting = connection(variables={"ca-file": "SERVER_CA"})
        failures = self.failures(workload(connections=[trusting]), {"SERVER_CA": "/nowhere/ca.crt"})
        self.assertEqual(failures, {"test server:1": "the CA file /nowhere/ca.crt does not exist"})
        self.assertEqual(self.failures(workload(connections=[trusting]), {}), {})

    def test_name_what_the_container_was_not_given(self):
        checks.PROTOCOLS["test"] = lambda given, _: given["password"]
        failures = self.failures(workload(connections=[connection()]), {"SERVER_HOST": "there"})
        self.assertEqual(failures, {"test server:1": "the container was not given password"})

    def test_say_what_works_and_what_does_not_in_one_line_of_json(self):
        checks.PROTOCOLS["test"] = lambda given, _: None
        self.failures(workload(connections=[connection()], variables=["MISSING"]), {})
        self.assertEqual(
            [json.loads(line) for line in self.said],
            [
                {
                    "understudy": "client",
                    "ready": False,
                    "works": ["test server:1"],
                    "fails": {"variable MISSING": "is missing"},
                }
            ],
        )

    def test_say_each_change_once(self):
        environment = {}
        declared = Checks(workload(variables=["LATER"]), environment, self.said.append)
        for given in ({}, {}, {"LATER": "now"}, {}):
            environment.update(given)
            declared.failures()
            declared._tried = float("-inf")
        self.assertEqual([json.loads(line)["ready"] for line in self.said], [False, True])

    def test_decide_where_only_a_readiness_probe_asks(self):
        declared = Checks(workload(variables=["MISSING"]), {}, self.said.append)
        self.assertEqual(answer("/readyz", declared)[0], 424)
        self.assertEqual(answer("/readyz?now", declared)[0], 424)
        self.assertEqual(answer("/livez", declared)[0], 200)


class AnApplicationsPage(unittest.TestCase):
    def test_answers_at_its_path_and_below_it(self):
        page = lambda _: (200, b"[]")  # noqa: E731
        for path in ("/list", "/list?all=yes", "/list/1"):
            self.assertIs(page_of(path, {"/list": page}), page)
        for path in ("/", "/listing", "/other/list"):
            self.assertIsNone(page_of(path, {"/list": page}))


class AWorkload(unittest.TestCase):
    def test_is_the_longest_name_that_the_pod_is_named_for(self):
        declared = fields_of("worker") | fields_of("worker-large")
        self.assertEqual(workload_of("worker-large-7f9c-x2x", declared).name, "worker-large")
        self.assertEqual(workload_of("worker-7f9c-x2x", declared).name, "worker")

    def test_is_not_guessed(self):
        with self.assertRaisesRegex(LookupError, "the pod workers-1 is named for none of worker"):
            workload_of("workers-1", fields_of("worker"))


if __name__ == "__main__":
    unittest.main()
