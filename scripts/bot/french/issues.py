"""What the robot says below an issue that was written with the forge's own form, and of it in the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scripts.bot.french.worker import HOW_TO_DECIDE, plain, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.bot.worker.place import Platform

THIN: Final = "\u202f"
HARD: Final = "\u00a0"
MOST_LISTED: Final = 30
_LOGIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")

NOT_THE_FORM: Final = (
    "Ce ticket n’a pas la forme du formulaire, et le robot ne peut pas le lire. Ouvrez-en un nouveau en choisissant un "
    "formulaire, et gardez les titres des questions. Si ce n’est pas une proposition, ôtez l’étiquette."
)
TOO_LONG: Final = "Ce ticket est trop long\u202f: gardez l’essentiel."
CHANGE_IT: Final = (
    "Modifiez votre message ci-dessus (sans toucher aux titres des questions)\u202f: le robot le relira de lui-même."
)
PICTURES: Final = (
    "Les images jointes à un ticket ne sont pas reprises. Pour en ajouter une, déposez-la dans un commentaire de la "
    "demande, avec ce qu’elle montre, son auteur et sa licence\u202f: la rédaction l’ajoutera."
)
ANOTHER: Final = "Pour proposer autre chose, ouvrez un nouveau ticket."


def fault(label: str, message: str, suggestion: str) -> str:
    """One thing to put right, at the question where it can be."""
    named = message.casefold().startswith(label.casefold())  # as most messages do
    where = f"**{plain(label)}**{THIN}: " if label and not named else ""
    return f"- {where}{plain(' '.join(part for part in (message, suggestion) if part))}"


def faulty(lines: Sequence[str], url: str) -> str:
    """Everything that keeps it from being proposed; ``url`` is the request that an earlier text of it has opened, or ""."""
    shown = [*lines[:MOST_LISTED], *(["- …"] if len(lines) > MOST_LISTED else [])]
    first = f"Merci{THIN}! Avant que la rédaction puisse relire votre proposition, il reste à corriger{THIN}:"
    if url:
        first = (
            f"La proposition reste telle qu’elle était ({url}), car dans votre modification il reste à corriger{THIN}:"
        )
    return "\n\n".join((first, "\n".join(shown), CHANGE_IT))


def unread(reason: str) -> str:
    """It could not be read as an answer to a form."""
    return f"Merci{THIN}! {reason}"


def opened(url: str, *, corrected: bool, pictures: bool) -> str:
    """It lies before editors."""
    first = f"Merci{THIN}! Votre proposition est devant la rédaction{THIN}: {url}"
    if corrected:
        first = f"Merci{THIN}! Votre correction est prise en compte{THIN}: {url}"
    change = "Pour la corriger, modifiez votre message ci-dessus. La suite sera dite ici."
    return "\n\n".join((first, change, *((PICTURES,) if pictures else ())))


def question(text: str, url: str) -> str:
    """Editors ask for something."""
    how = f"Répondez dans la demande ({url}), ou modifiez votre message ci-dessus."
    return f"La rédaction demande{THIN}:\n\n{quoted(text)}\n\n{how}"


def published(text: str) -> str:
    """It is online; ``text`` says where."""
    return f"{text}\n\nMerci{THIN}! {ANOTHER}"


def refused(text: str) -> str:
    """An editor refused it."""
    return f"La proposition n’est pas retenue.\n\n{quoted(text)}\n\n{ANOTHER}"


TAKEN_BACK: Final = "Le ticket où elle a été écrite a été fermé."


def withdrawn() -> str:
    """It was withdrawn."""
    return f"La proposition est retirée. {ANOTHER}"


def request_body(author: str, number: int, platform: Platform) -> str:
    """The request's description. The mention tells its author of what is said there, if the name is one of an account."""
    who = f"@{author}" if _LOGIN.fullmatch(author) else plain(author) or "une personne"
    told = f"Proposé par {who} dans #{number}, avec le formulaire de la forge, pour {platform.name}."
    return f"{told}\n\n{HOW_TO_DECIDE}"
