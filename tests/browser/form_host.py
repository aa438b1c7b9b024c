"""The pages of the forms, printed without the rest of the site, on a host that keeps what is posted to it."""

from __future__ import annotations

import datetime as dt
import io
import mimetypes
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from runpy import run_path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from python_multipart import parse_form

from plugins.documents.map_data import map_data
from plugins.forms.posted import read_post
from plugins.forms.proposal import Proposer
from plugins.model.load import load_site
from plugins.press import Printer
from plugins.publication.assets import asset_documents
from plugins.publication.context import Context
from plugins.publication.page import Page
from plugins.publication.theme import STATIC, THEME
from plugins.views.drawing.colours import colours_document
from plugins.views.drawing.favicon import favicon_document
from plugins.views.entry.entries import entry_pages
from plugins.views.forms.completion import completion_documents
from plugins.views.forms.contribute import contribute_pages, form_page
from plugins.views.forms.form_view import form_view
from plugins.views.page.frame import frame
from plugins.views.page.shell import shell
from tests.site.building import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plugins.publication.page import Output

TODAY = dt.date(2026, 12, 1)
ANSWER = (
    b"<!doctype html><html lang=fr><title>Merci</title><h1>Merci</h1><p><a href=/contribuer/article/>Encore</a></p>"
)


@dataclass
class Posted:
    """One post: its fields in order, and the names, sizes and bytes of its files."""

    path: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def get(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]


@dataclass
class FormHost:
    """A running host."""

    address: str
    output: Path
    posts: list[Posted] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, host: FormHost, *args: Any) -> None:
        self.host = host
        super().__init__(*args)

    def do_GET(self) -> None:  # the name that the library calls
        path = self.host.output / urlsplit(self.path).path.lstrip("/")
        path = path / "index.html" if self.path.endswith("/") else path
        if path.is_file():
            self._answer(200, path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        else:
            self._answer(404, b"", "text/plain")

    def do_POST(self) -> None:  # the name that the library calls
        posted = Posted(self.path)
        body = io.BytesIO(self.rfile.read(int(self.headers["Content-Length"])))

        def on_field(one: Any) -> None:
            posted.pairs.append((one.field_name.decode(), (one.value or b"").decode()))

        def on_file(one: Any) -> None:
            one.file_object.seek(0)
            posted.files[one.field_name.decode()] = ((one.file_name or b"").decode(), one.file_object.read())

        headers = {
            "Content-Type": self.headers["Content-Type"].encode(),
            "Content-Length": self.headers["Content-Length"].encode(),
        }
        parse_form(headers, body, on_field, on_file)
        self.host.posts.append(posted)
        self._answer(202, ANSWER, "text/html; charset=utf-8")

    def _answer(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: a test says what it wants to say."""


@contextmanager
def form_host(root: Path, output: Path) -> Iterator[FormHost]:
    """The forms of ``root``, printed below ``output`` and served while the block runs."""
    host = FormHost("", output)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, host))
    host.address = f"http://127.0.0.1:{server.server_port}"
    print_forms(root, output, host.address)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def print_returned(host: FormHost, root: Path, type_name: str, pairs: list[tuple[str, str]]) -> str:
    """The form of a type as it comes back with ``pairs`` and what is wrong with them; gives its address."""
    ctx = context_of(root, host.address)
    flat, member = (ctx.site.schemas.flattened(name) for name in (type_name, "member"))
    posted, faults = read_post(flat, pairs, {}, today=TODAY, member=member)
    faults += Proposer(ctx.site).propose(posted, {}, today=TODAY, source=lambda _: None).faults
    form = form_view(ctx, flat, "/contribuer/article/", host.address, pairs=pairs, faults=faults)
    view = form_page(ctx, type_name, "Proposer un article", form, frame(ctx, "/revenu/", "Proposer", "Proposer"))
    environment = Printer(str(THEME), "", shell(ctx)).environment()
    path = host.output / "revenu" / "index.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(environment.get_template("form.html").render(view), encoding="utf-8")
    return f"{host.address}/revenu/"


def context_of(root: Path, address: str, intake: str = "") -> Context:
    site = load_site(root, today=TODAY).site
    assert site is not None
    settings = {**site.settings, "intake": intake or address, "url": address}
    return Context(
        replace(site, settings=settings),
        address,
        frozenset(run_path(str(PROJECT / "pelicanconf.py"))["OUTPUTS"]),
        str(root),
    )


def print_forms(root: Path, output: Path, address: str, intake: str = "") -> None:
    """``intake``: where the service stands, if it is elsewhere."""
    ctx = context_of(root, address, intake)
    environment = Printer(str(THEME), "", shell(ctx)).environment()
    made: list[Output] = [
        *contribute_pages(ctx),
        *completion_documents(ctx),
        *asset_documents(STATIC),
        colours_document(ctx),
        favicon_document(ctx),
    ]
    made += [*map_data(ctx)]
    made += [page for page in entry_pages(ctx) if isinstance(page, Page) and "/consultations/" in page.address]
    for one in made:
        path = output / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        html = isinstance(one, Page) and environment.get_template(one.template).render(one.view).encode()
        path.write_bytes(html or one.content)  # type: ignore[union-attr]  # a document, where there is no page
    (output / "search-index.json").write_text(
        '[{"t":"Atelier de réparation de vélos","a":"/agenda/2026/velos/","k":"Évènement"}]'
    )
