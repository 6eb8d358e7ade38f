"""Announcements: those that the repair writes, and those of Koku that it reads."""

import base64
import json
import unittest
from datetime import UTC, datetime

from messages import announcement, passed_on_by, request_of
from rules import Upload


class AnAnnouncement(unittest.TestCase):
    def test_has_what_koku_reads(self):
        upload = Upload("ingress-1/1", datetime.now(UTC), "org1", "12", None)
        sent = announcement(upload, "https://store/upload?signature")
        self.assertEqual((sent["request_id"], sent["org_id"], sent["account"]), ("ingress-1/1", "org1", "12"))
        self.assertEqual(sent["url"], "https://store/upload?signature")
        identity = json.loads(base64.b64decode(sent["b64_identity"]))["identity"]
        self.assertEqual((identity["org_id"], identity["account_number"]), ("org1", "12"))
        self.assertEqual(request_of(json.dumps(sent).encode()), "ingress-1/1")

    def test_to_the_resource_optimisation_names_the_files_of_its_upload(self):
        keys = ["org1/source=p/date=2026-11-28/a.csv", "org1/source=p/date=2026-11-28/b.csv"]
        sent = json.dumps({"request_id": "ingress-1/1", "object_keys": keys}).encode()
        self.assertEqual(passed_on_by(sent), ("ingress-1/1", {"a.csv", "b.csv"}))

    def test_of_another_form_names_nothing(self):
        for other in (b"", b"[]", b"{}", b'{"request_id": "1", "object_keys": [1]}', b"\xff"):
            self.assertEqual(passed_on_by(other), ("", frozenset()))


if __name__ == "__main__":
    unittest.main()
