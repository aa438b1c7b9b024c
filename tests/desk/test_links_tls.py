"""Links by https: the certificate has to be that of the name in the address, though the request goes to a number."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripts.outside_links.asking import ask
from scripts.outside_links.transport import WebTransport
from tests.desk.outside import START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def certificate(folder: Path, name: str) -> Path:
    """A certificate for a name that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


class Quiet(BaseHTTPRequestHandler):
    """Answers that all is well, and for whom."""

    def do_HEAD(self) -> None:  # the library's name
        self.send_response(200 if self.headers["Host"].startswith("bon.example:") else 404)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815  # the library's name

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@contextmanager
def server(file: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    listening = HTTPServer(("127.0.0.1", 0), Quiet)
    listening.socket = context.wrap_socket(listening.socket, server_side=True)
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield listening.server_address[1]
    finally:
        listening.shutdown()
        thread.join(5)
        listening.server_close()


@pytest.mark.parametrize(("host", "verdict"), [("bon.example", "alive"), ("autre.example", "failing")])
def test_the_certificate_is_that_of_the_name(tmp_path: Path, host: str, verdict: str) -> None:
    file = certificate(tmp_path, "bon.example")
    here = ipaddress.ip_address("127.0.0.1")
    trusting = ssl.create_default_context(cafile=file)
    with server(file) as port:
        transport = WebTransport(
            "x", resolve=lambda *_: ["127.0.0.1"], may_ask=lambda ip: ip == here, context=trusting, seconds=5
        )
        answer = ask(f"https://{host}:{port}/", transport, lambda: START)
        assert (answer.verdict, "certificat" in answer.why) == (verdict, verdict == "failing")
        strict = WebTransport("x", resolve=lambda *_: ["127.0.0.1"], may_ask=lambda ip: ip == here, seconds=5)
        assert "certificat" in ask(f"https://{host}:{port}/", strict, lambda: START).why, (
            "whoever signs for himself is not believed"
        )
