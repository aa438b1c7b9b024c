"""From a mail that is asked for to the message as it leaves (RFC 5322).

Texts are made when a message leaves: the outbox holds neither addresses nor words, so whoever is erased gets no more mail. The
same mail is always the same message, with the same Message-ID: where one had to be sent twice, mail programs show it once.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from scripts.bot.french import mail as french
from scripts.bot.store.broken import TO_AUTHOR, TO_EDITORS
from scripts.bot.store.exactness import KIND as EXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.model.yaml.reader import Json
    from scripts.bot.store import Letter, Store
    from scripts.bot.submission import Submission

LONGEST_SUBJECT: Final = 150  # characters
FOR_EDITORS: Final = frozenset({"alert", "digest", TO_EDITORS})
_LONG_AFTER: Final = frozenset({EXACT, TO_AUTHOR})  # there is nothing to follow any more


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes. ``address`` is the sender's, ``editors`` get alerts and digests; addresses of pages have no final slash."""

    platform: str
    address: str
    editors: tuple[str, ...]
    service_url: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A message and those it goes to."""

    message: EmailMessage
    recipients: tuple[str, ...]


def compose(store: Store, sender: Sender, letter: Letter) -> Composed | None:
    """The message of a letter; None where there is nobody to write to, or nothing to say any more."""
    if letter.kind in FOR_EDITORS:
        return _message(sender, letter, sender.editors, *_for_editors(sender, letter)) if sender.editors else None
    submission = store.by_id(letter.submission)
    if submission is None or not submission.posted.contact_email:
        return None
    subject, text = _TEXTS[letter.kind](store, sender, submission, _facts(letter))
    name = one_line(submission.posted.contact_name) if submission.email_state == "confirmed" else ""
    status = french.follow(f"{sender.service_url}/proposition/{submission.id}/{store.status_token(submission.id)}/")
    after = [] if letter.kind in _LONG_AFTER else [status]
    whole = "\n\n".join([french.greeting(name), text, *after, french.closing(sender.platform)])
    return _message(sender, letter, (submission.posted.contact_email,), subject, whole)


def message_id(letter: Letter, domain: str) -> str:
    """The same for the same mail (RFC 5322, section 3.6.4)."""
    digest_of_ref = hashlib.sha256(letter.ref.encode()).hexdigest()[:16]
    return f"<{letter.submission or 'redaction'}.{letter.kind}.{digest_of_ref}@{domain}>"


def one_line(text: str) -> str:
    """Words that fit a header: no line break or other control character, and not too long."""
    fit = "".join(
        " " if unicodedata.category(one)[0] == "C" or unicodedata.category(one) in {"Zl", "Zp"} else one for one in text
    )
    line = fit.strip()
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"


def _message(sender: Sender, letter: Letter, recipients: tuple[str, ...], subject: str, text: str) -> Composed:
    message = EmailMessage()
    message["From"] = Address(sender.platform, addr_spec=sender.address)
    message["To"] = Address(addr_spec=recipients[0]) if len(recipients) == 1 else "undisclosed-recipients:;"
    message["Subject"] = one_line(subject)
    message["Date"] = letter.created
    message["Message-ID"] = message_id(letter, sender.address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no robot answers it
    message.set_content(text + "\n", cte="quoted-printable")
    return Composed(message, recipients)


def _facts(letter: Letter) -> Mapping[str, Json]:
    return letter.facts if isinstance(letter.facts, dict) else {}


def _fact(facts: Mapping[str, Json], name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def _title(submission: Submission) -> str:
    return one_line(submission.title) or french.UNTITLED


def _received(store: Store, sender: Sender, submission: Submission, _facts: Mapping[str, Json]) -> tuple[str, str]:
    """An address may be anybody's until it is confirmed: what was written in the form is not sent to it."""
    if submission.email_state == "confirmed":
        return french.RECEIVED_SUBJECT, french.received(sender.platform)
    link = f"{sender.service_url}/confirmer/{store.confirm_token(submission.id)}/"
    if submission.must_confirm:
        return french.CONFIRM_SUBJECT, french.must_confirm(sender.platform, link)
    return french.RECEIVED_SUBJECT, french.may_confirm(sender.platform, link)


def _confirmed(_store: Store, _sender: Sender, submission: Submission, _facts: Mapping[str, Json]) -> tuple[str, str]:
    return french.CONFIRMED_SUBJECT, french.confirmed(_title(submission))


def _question(_store: Store, _sender: Sender, submission: Submission, facts: Mapping[str, Json]) -> tuple[str, str]:
    title = _title(submission)
    return french.question_subject(title), french.question(title, _fact(facts, "text"))


def _published(_store: Store, _sender: Sender, submission: Submission, facts: Mapping[str, Json]) -> tuple[str, str]:
    title = _title(submission)
    return french.published_subject(title), french.published(title, _fact(facts, "address"), _fact(facts, "action"))


def _refused(_store: Store, _sender: Sender, submission: Submission, facts: Mapping[str, Json]) -> tuple[str, str]:
    title = _title(submission)
    return french.refused_subject(title), french.refused(title, _fact(facts, "text"))


def _withdrawn(_store: Store, _sender: Sender, submission: Submission, _facts: Mapping[str, Json]) -> tuple[str, str]:
    title = _title(submission)
    return french.withdrawn_subject(title), french.withdrawn(title)


def _exact(store: Store, sender: Sender, _submission: Submission, facts: Mapping[str, Json]) -> tuple[str, str]:
    """The page may have another title by now than the proposal had: its own comes with the letter."""
    title = one_line(_fact(facts, "title")) or french.UNTITLED
    token = store.exactness.token(_fact(facts, "target"), _fact(facts, "period"))
    link = f"{sender.service_url}/exact/{token}/"
    return french.exact_subject(title), french.exact(sender.platform, title, _fact(facts, "address"), link)


def _broken(_store: Store, _sender: Sender, submission: Submission, facts: Mapping[str, Json]) -> tuple[str, str]:
    title = _title(submission)
    return french.broken_subject(title), french.broken(title, _fact(facts, "text"))


_TEXTS: Mapping[str, Callable[[Store, Sender, Submission, Mapping[str, Json]], tuple[str, str]]] = {
    "received": _received,
    "confirmed": _confirmed,
    "question": _question,
    "published": _published,
    "refused": _refused,
    "withdrawn": _withdrawn,
    EXACT: _exact,
    TO_AUTHOR: _broken,
}


def _for_editors(sender: Sender, letter: Letter) -> tuple[str, str]:
    """An alert is worded here; a digest brings its words (`scripts.bot.digest`), and so does what is told of broken files."""
    facts = _facts(letter)
    if letter.kind == "alert":
        return french.alert_subject(sender.platform), french.alert(
            _fact(facts, "text"), f"{sender.service_url}/relecture/"
        )
    return f"{sender.platform} – {_fact(facts, 'subject')}", _fact(facts, "text")
