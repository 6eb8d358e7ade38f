"""What one run leaves to the next."""

import json
import os
import signal
import unittest

from memory import end_by_exception, read_memory

LEFT = {"uploads": {"request-1": None}, "months": {}, "told": {}, "queues": {}}


class TheMemory(unittest.TestCase):
    def test_is_what_the_last_run_has_left(self):
        self.assertEqual(read_memory(json.dumps(LEFT).encode(), {}), LEFT)

    def test_is_empty_where_somebody_uploaded_something_under_its_name(self):
        self.assertEqual(read_memory(json.dumps(LEFT).encode(), {"RequestID": "cost-onprem-repair.json"}), {})

    def test_is_empty_where_it_cannot_be_read(self):
        self.assertEqual(read_memory(b"\x1f\x8b", {}), {})

    def test_is_kept_by_a_run_that_is_told_to_end(self):
        before = signal.getsignal(signal.SIGTERM)
        self.addCleanup(signal.signal, signal.SIGTERM, before)
        end_by_exception()
        with self.assertRaises(SystemExit) as ended:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.sigtimedwait([], 1)
        self.assertEqual(ended.exception.code, 143)


if __name__ == "__main__":
    unittest.main()
