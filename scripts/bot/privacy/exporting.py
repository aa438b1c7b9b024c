"""Everything that is held about a person, for that person (GDPR, articles 15 and 20): JSON in French words, and pictures."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Final

from scripts.bot.french import privacy as french

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from plugins.model.yaml.reader import Json
    from scripts.bot.privacy.traces import Trace
    from scripts.bot.store.privacy import Held, HeldSubmission

DATA: Final = "donnees.json"


def export(
    held: Held, traces: Sequence[Trace], *, email: str, at: dt.datetime, source: Callable[[str], bytes | None]
) -> Json:
    """All of it as JSON types. ``source`` gives a file of the root: members' own files are told word for word."""
    return {
        "adresse": email,
        "extrait le": _time(at),
        "fiches de membre liées à cette adresse": list(held.members),
        "propositions": [_submission(one) for one in held.submissions],
        "dans les fichiers du site": [_trace(one, source) for one in traces],
        "à savoir": french.ABOUT_EXPORT,
    }


def archive(told: Json, held: Held) -> bytes:
    """A ZIP with the JSON and the pictures, each below its proposal's id."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(DATA, text(told))
        for one in held.submissions:
            for picture in one.pictures:
                made.writestr(_picture_path(one, picture.name), picture.content)
    return out.getvalue()


def text(told: Json) -> str:
    """The JSON as people can read it."""
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _submission(held: HeldSubmission) -> dict[str, Json]:
    one, posted = held.submission, held.submission.posted
    return {
        "identifiant": one.id,
        "reçue le": _time(one.created),
        "modifiée le": _time(one.updated),
        "état": french.STATES[one.state],
        "type": posted.type_name,
        "demande": french.ACTIONS[posted.action],
        "sur": posted.target or one.entry_id,
        "nom": posted.contact_name,
        "adresse électronique": posted.contact_email,
        "adresse confirmée": one.email_state == "confirmed",
        "adresse connue pour le membre qui signe": one.email_known,
        "champs": dict(posted.data),
        "texte": posted.body,
        "fiche de membre": dict(posted.profile) if posted.profile is not None else None,
        "mot à la rédaction": posted.message,
        "fichiers écrits": list(one.paths),
        "à la forge": one.url,
        "page": one.address,
        "suivi": [
            {"le": _time(seen.at), "quoi": french.MOMENTS[seen.kind], "texte": seen.text} for seen in held.moments
        ],
        "décisions": [
            {
                "le": _time(decision.at),
                "quoi": french.DECISIONS[decision.kind],
                "par": french.EDITORS if decision.by else french.YOU,
                "texte": decision.text,
            }
            for decision in held.decisions
        ],
        "courriers": [
            {
                "sujet": mail.kind,
                "préparé le": _time(mail.created),
                "envoyé le": _time(mail.sent) if mail.sent else None,
            }
            for mail in held.mails
        ],
        "confirmations demandées": [
            {
                "sur": asked.target,
                "demandé le": _time(asked.asked),
                "confirmé le": _time(asked.answered) if asked.answered else None,
            }
            for asked in held.asked
        ],
        "images": [
            {
                "fichier": _picture_path(held, picture.name),
                "type": picture.media_type,
                "octets": len(picture.content),
            }
            for picture in held.pictures
        ],
    }


def _trace(trace: Trace, source: Callable[[str], bytes | None]) -> dict[str, Json]:
    told: dict[str, Json] = {"membre": trace.member, "fichier": trace.path, "champ": trace.role}
    if not trace.role:
        told["contenu"] = (source(trace.path) or b"").decode("utf-8", "replace")
    return told


def _picture_path(held: HeldSubmission, name: str) -> str:
    return f"images/{held.submission.id}/{name}"


def _time(at: dt.datetime) -> str:
    return at.isoformat(timespec="seconds")
