"""What one run stores for the next."""

import json
import os
import signal
import unittest
from datetime import UTC, datetime

from memory import Memory, end_by_exception, read_memory, stored_upload, upload_of
from rules import Payload

LEFT = {"uploads": {"request-1": None}, "months": {}, "told": {}, "queues": {}}


class TheMemory(unittest.TestCase):
    def test_is_what_the_last_run_stored(self):
        self.assertEqual(read_memory(json.dumps(LEFT).encode(), {}), LEFT)

    def test_is_empty_if_a_client_uploaded_something_under_its_name(self):
        self.assertEqual(read_memory(json.dumps(LEFT).encode(), {"RequestID": "cost-onprem-repair.json"}), {})

    def test_is_empty_if_it_is_not_json(self):
        self.assertEqual(read_memory(b"\x1f\x8b", {}), {})

    def test_keeps_what_it_knows_of_an_upload_and_the_last_outage_of_kafka(self):
        now = datetime(2026, 11, 28, tzinfo=UTC)
        payload = Payload("cluster", "manifest", frozenset("ab"), frozenset("a"), frozenset("r"))
        memory = Memory({})
        memory.uploads["request"] = stored_upload("org", "account", payload)
        memory.outage = now
        again = Memory(json.loads(json.dumps(memory.to_json())))
        self.assertEqual(upload_of("request", now, again.uploads["request"]).payload, payload)
        self.assertEqual(again.outage, now)

    def test_of_an_older_version_is_understood(self):
        self.assertIsNone(Memory(LEFT).outage)
        stored = stored_upload("org", "account", Payload("cluster", "manifest", frozenset(), frozenset()))
        del stored["payload"]["passed_on"]
        self.assertEqual(upload_of("request", datetime.now(UTC), stored).payload.passed_on, frozenset())

    def test_is_stored_by_a_run_that_kubernetes_stops(self):
        before = signal.getsignal(signal.SIGTERM)
        self.addCleanup(signal.signal, signal.SIGTERM, before)
        end_by_exception()
        with self.assertRaises(SystemExit) as ended:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.sigtimedwait([], 1)
        self.assertEqual(ended.exception.code, 143)


if __name__ == "__main__":
    unittest.main()
