"""What the repair reads from an upload."""

import io
import json
import tarfile
import unittest

from payload import read_payload

MANIFEST = {
    "uuid": "3302CC38-5F16-4580-BDB2-E47831AB8830",
    "cluster_id": "cluster-1",
    "files": ["pods.csv", "volumes.csv"],
}


MANIFEST_FILE = {"manifest.json": json.dumps(MANIFEST)}


def archive(members):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    return packed.getvalue()


def read(data):
    return read_payload(io.BytesIO(data))


def with_manifest(**changes):
    return archive({"pods.csv": "a\n1\n" * 1000, "manifest.json": json.dumps({**MANIFEST, **changes})})


class APayload(unittest.TestCase):
    def test_has_its_cluster_its_manifest_and_the_files_that_it_contains(self):
        payload = read(with_manifest())
        self.assertEqual(payload.cluster, "cluster-1")
        # As Koku writes it into its database.
        self.assertEqual(payload.manifest, "3302cc38-5f16-4580-bdb2-e47831ab8830")
        self.assertEqual(payload.files, {"pods.csv", "volumes.csv"})
        self.assertEqual(payload.held, {"pods.csv"})

    def test_has_the_files_for_the_resource_optimisation_that_it_contains(self):
        self.assertEqual(
            read(with_manifest(resource_optimization_files=["pods.csv", "later.csv"])).passed_on, {"pods.csv"}
        )
        self.assertEqual(read(with_manifest()).passed_on, frozenset())

    def test_may_have_no_files(self):
        self.assertEqual(read(with_manifest(files=None)).files, frozenset())

    def test_that_koku_could_not_read_is_none(self):
        whole = with_manifest()
        for name, data in {
            "empty": b"",
            "not an archive": b"not an archive",
            "cut off": whole[: len(whole) // 2],
            "without a manifest": archive({"pods.csv": ""}),
            "a manifest that is not JSON": archive({"manifest.json": "{"}),
            "a manifest that is a list": archive({"manifest.json": "[]"}),
            "no cluster": with_manifest(cluster_id=""),
            "a UUID of another version": with_manifest(uuid="3302cc38-5f16-1580-bdb2-e47831ab8830"),
            "files that are numbers": with_manifest(files=[1]),
            "files to pass on that are numbers": with_manifest(resource_optimization_files=[1]),
            "more files than memory holds": archive({str(number): "" for number in range(10_001)} | MANIFEST_FILE),
            # One such upload would otherwise stop the repair of all uploads.
            "a cluster that no database can hold": with_manifest(cluster_id="cluster\0"),
            "a cluster that is not valid Unicode": with_manifest(cluster_id="\ud800"),
            "a file that is not valid Unicode": with_manifest(files=["\udfff.csv"]),
            "a manifest that is nested too deeply": archive({"manifest.json": "[" * 100_000}),
        }.items():
            with self.subTest(name):
                self.assertIsNone(read(data))


if __name__ == "__main__":
    unittest.main()
