"""The letter as text and as a message."""

from __future__ import annotations

import datetime as dt
import email
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.documents.letter_message import letter_message
from plugins.documents.letter_text import WIDTH, wrapped
from plugins.documents.texts import one_line
from plugins.letter_mail import Scope, mail, scope_of
from plugins.model.months import Month

if TYPE_CHECKING:
    from plugins.publication.context import Context

SENDER: Final = Address("Le réseau", addr_spec="lettre@example.org")
WORDS: Final = st.text(alphabet="aé -–\u00a0\u202f\n\t\r;?«»x" + "z" * 3, max_size=600)


@given(text=WORDS, indent=st.sampled_from(["", "  "]))
def test_wrapping_keeps_every_word_breaks_none_and_keeps_to_the_width(text: str, indent: str) -> None:
    lines = wrapped(text, indent)
    assert " ".join(line.removeprefix(indent) for line in lines).split(" ") == one_line(text).split(" ") or not lines
    assert bool(lines) == bool(one_line(text))
    for line in lines:
        assert line.startswith(indent)
        assert len(line) <= WIDTH or " " not in line.removeprefix(indent)
        assert line == line.rstrip(" ")


@given(text=WORDS)
def test_no_line_could_have_held_the_first_word_of_the_next(text: str) -> None:
    lines = wrapped(text)
    for line, after in pairwise(lines):
        assert len(line) + 1 + len(after.split(" ", 1)[0]) > WIDTH


def test_lines_keep_to_the_width_and_addresses_stand_alone(ctx: Context) -> None:
    found = mail(ctx, Month(2026, 11), Scope(), demo=True, intro="Un mot de la rédaction. " * 12)
    assert found is not None
    for line in found.text.splitlines():
        assert len(line) <= WIDTH or line.strip().startswith("https://"), line
        assert "https://" not in line or line.strip().startswith("https://") or "agence.example.org" in line
    assert found.text.endswith("\n")
    assert "\r" not in found.text


def test_the_text_tells_what_the_html_tells(ctx: Context) -> None:
    found = mail(ctx, Month(2026, 11), scope_of("clubs", ctx.site.clubs["repar"]))
    assert found is not None
    assert found.text.replace("\u00a0", " ") == (
        """Réseau du Vallon
Lettre de novembre 2026
Club Repar

Club Repar, sur le site :
https://copie.example.org/essai/clubs/repar/


NOUVEAU
=======


Articles
--------

* Le premier article
  Un résumé assez long pour être accepté par le schéma, et rien de plus.
  3 novembre 2026 · Actualité
  https://copie.example.org/essai/actualites/2026/premier/


À VENIR
=======


Rendez-vous
-----------

* La fête du réemploi
  Un résumé assez long pour être accepté par le schéma, et rien de plus.
  samedi 12 décembre 2026, de 14 h à 18 h · Rive
  https://copie.example.org/essai/agenda/2026/fete/


------------------------------------------------------------------------
Réseau du Vallon, au 1er décembre 2026 :
https://copie.example.org/essai/
Agence du Vallon, https://agence.example.org
"""
    )


# ── The message ──


@pytest.fixture(scope="module")
def message(ctx: Context) -> bytes:
    found = mail(ctx, Month(2026, 11), Scope())
    assert found is not None
    return found.message(SENDER)


def parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def test_a_mail_program_reads_the_message_as_text_then_html_and_finds_no_fault(message: bytes, ctx: Context) -> None:
    found, wanted = parsed(message), mail(ctx, Month(2026, 11), Scope())
    assert wanted is not None
    assert found.get_content_type() == "multipart/alternative"
    parts = [part for part in found.iter_parts() if isinstance(part, EmailMessage)]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    contents = [str(part.get_content()).replace("\r\n", "\n") for part in parts]
    assert contents == [wanted.text, wanted.html]
    assert [part.defects for part in found.walk()] == [[], [], []]


def test_the_message_has_a_sender_a_subject_and_a_day_and_is_for_nobody(message: bytes) -> None:
    found = parsed(message)
    assert str(found["From"]) == "Le réseau <lettre@example.org>"
    assert found["Subject"] == "Réseau du Vallon\u00a0– lettre de novembre 2026"
    assert found["Date"].datetime == dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
    assert not {"To", "Cc", "Bcc"} & set(found.keys())


def test_lines_of_the_message_are_those_that_the_standard_asks_for(message: bytes) -> None:
    """RFC 5322, 2.1.1: 78 characters, and CRLF; all ASCII, so that any server may carry it."""
    assert message.isascii()
    assert all(len(line) <= 78 for line in message.split(b"\r\n"))
    assert b"\n" not in message.replace(b"\r\n", b"")


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_subject_and_no_text_makes_a_head(subject: str, text: str) -> None:
    subject = subject.encode("utf-8", "ignore").decode()
    text = text.encode("utf-8", "ignore").decode()
    found = parsed(letter_message(subject, SENDER, dt.date(2026, 12, 1), text, "<p>a</p>"))
    assert set(found.keys()) == {"Subject", "From", "Date", "X-Unsent", "MIME-Version", "Content-Type"}
    assert len(list(found.iter_parts())) == 2
