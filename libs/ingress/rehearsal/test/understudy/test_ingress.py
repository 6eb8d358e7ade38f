"""What the understudy of ingress reads from requests and from its variables."""

import base64
import io
import json
import unittest

from ingress.form import BadForm, Body, Form
from ingress.request import Refusal, refuse_too_large, sender_of, service_of
from ingress.settings import Settings

REPORT = "application/vnd.redhat.hccm.tar+tgz"


def form(*parts, boundary="mark", end=True):
    """The bytes of a form."""
    texts = []
    for name, content, *kind in parts:
        head = f'Content-Disposition: form-data; name="{name}"; filename="x"\r\n' if kind else ""
        head = head or f'Content-Disposition: form-data; name="{name}"\r\n'
        head += f"Content-Type: {kind[0]}\r\n" if kind else ""
        texts.append(f"--{boundary}\r\n{head}\r\n".encode() + content + b"\r\n")
    return b"".join(texts) + (f"--{boundary}--\r\n".encode() if end else b"")


def read(data, kind="multipart/form-data; boundary=mark", length=None):
    """Name, content type, content and size of each part."""
    body = Body(io.BytesIO(data), len(data) if length is None else length)
    found = []
    for part in Form(body, kind, 100).parts():
        with part.content as content:
            found.append((part.name, part.content_type, content.read(), part.size))
    return found


class AForm(unittest.TestCase):
    def test_has_parts_of_any_size(self):
        large = bytes(range(256)) * 3000
        self.assertEqual(
            read(form(("file", large, REPORT), ("metadata", b"{}"))),
            [("file", REPORT, large, len(large)), ("metadata", "", b"{}", 2)],
        )

    def test_may_contain_what_looks_like_its_end(self):
        for content in (b"", b"\r\n", b"\r\n--mar", b"--mark\r\n", b"\r\n--mar\r\n--mar"):
            self.assertEqual(read(form(("file", content, REPORT))), [("file", REPORT, content, len(content))])

    def test_may_have_a_quoted_boundary(self):
        self.assertEqual(len(read(form(("file", b"x", REPORT)), 'multipart/form-data; boundary="mark"')), 1)

    def test_that_ends_too_early_is_none(self):
        whole = form(("file", b"x" * 200_000, REPORT))
        for data, length in ((whole[:150_000], len(whole)), (form(("file", b"x", REPORT), end=False), None)):
            with self.assertRaises(BadForm):
                read(data, length=length)

    def test_is_nothing_else(self):
        for kind in ("", "application/json", "multipart/form-data"):
            with self.assertRaises(BadForm):
                read(form(("file", b"x", REPORT)), kind)


def header(**identity):
    return base64.b64encode(json.dumps({"identity": identity}).encode()).decode()


class ASender(unittest.TestCase):
    def test_has_an_organisation_and_a_type(self):
        sender = sender_of(header(org_id="7", account_number="1", type="User"))
        self.assertEqual((sender.organisation, sender.account), ("7", "1"))
        self.assertEqual(sender_of(header(internal={"org_id": "8"}, type="System")).organisation, "8")

    def test_without_them_is_refused_with_a_sentence(self):
        for given in (None, "", "?", header(org_id="7"), header(type="User"), header(internal=None, type="User")):
            with self.assertRaises(Refusal) as caught:
                sender_of(given)
            self.assertEqual(caught.exception.status, 400)
            self.assertRegex(caught.exception.sentence, "x-rh-identity")


class AService(unittest.TestCase):
    def test_is_in_the_content_type(self):
        service = service_of(REPORT, frozenset({"hccm"}))
        self.assertEqual((service.name, service.category), ("hccm", "tar"))

    def test_that_is_not_admitted_is_refused(self):
        for kind in ("text/plain", "", "application/gzip", "application/vnd.redhat.advisor.tar+tgz"):
            with self.assertRaises(Refusal) as caught:
                service_of(kind, frozenset({"hccm"}))
            self.assertEqual(caught.exception.status, 415)


class TheVariables(unittest.TestCase):
    def test_limit_a_file_by_its_type_or_at_all(self):
        settings = Settings.of({"INGRESS_DEFAULTMAXSIZE": "10", "INGRESS_MAXSIZEMAP": '{"hccm": "20"}'})
        hccm, other = (service_of(f"application/vnd.redhat.{x}.y", frozenset({x})) for x in ("hccm", "other"))
        refuse_too_large(20, hccm, settings)
        refuse_too_large(10, other, settings)
        for size, service in ((21, hccm), (11, other)):
            with self.assertRaises(Refusal) as caught:
                refuse_too_large(size, service, settings)
            self.assertEqual(caught.exception.status, 413)

    def test_switch_on_sasl_with_a_user_and_a_mechanism_only(self):
        given = {"INGRESS_KAFKABROKERS": "a:1", "INGRESS_KAFKASECURITYPROTOCOL": "SASL_SSL"}
        self.assertEqual(Settings.of(given).kafka, {"bootstrap.servers": "a:1"})
        given |= {"INGRESS_KAFKAUSERNAME": "u", "INGRESS_KAFKAPASSWORD": "p", "INGRESS_SASLMECHANISM": "PLAIN"}
        self.assertEqual(Settings.of(given).kafka["security.protocol"], "SASL_SSL")

    def test_name_a_store_without_a_scheme(self):
        given = {"INGRESS_MINIOENDPOINT": "s3.example.com:8443", "INGRESS_USESSL": "true"}
        self.assertEqual(Settings.of(given).store, "https://s3.example.com:8443")
        self.assertEqual(Settings.of(given | {"INGRESS_USESSL": ""}).store, "http://s3.example.com:8443")


if __name__ == "__main__":
    unittest.main()
