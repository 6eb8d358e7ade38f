"""What one run stores for the next."""

import json
import os
import signal
import unittest

from memory import end_by_exception, read_memory

LEFT = {"uploads": {"request-1": None}, "months": {}, "told": {}, "queues": {}}


class TheMemory(unittest.TestCase):
    def test_is_what_the_last_run_stored(self):
        self.assertEqual(read_memory(json.dumps(LEFT).encode(), {}), LEFT)

    def test_is_empty_if_a_client_uploaded_something_under_its_name(self):
        self.assertEqual(read_memory(json.dumps(LEFT).encode(), {"RequestID": "cost-onprem-repair.json"}), {})

    def test_is_empty_if_it_is_not_json(self):
        self.assertEqual(read_memory(b"\x1f\x8b", {}), {})

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
