"""What the worker says: at the forge, on the status page, to administrators."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plugins.model.objects import Site
    from plugins.model.schema.types import ContentType, DataType
    from scripts.bot.git.errors import GitTrouble
    from scripts.bot.submission import Submission
    from scripts.bot.worker.outcome import Notes
    from scripts.bot.worker.place import Platform

THIN: Final = "\u202f"
HARD: Final = "\u00a0"

BOT: Final = "Robot des propositions"
EDITORS: Final = "La rédaction"
ACTIONS: Final = {"create": "Proposition", "edit": "Modification", "remove": "Retrait"}
LONGEST_LABEL: Final = 50  # characters; GitHub and Forgejo take no more
LONGEST_LISTED: Final = 20

BY_HAND: Final = "Modifications faites directement dans le dossier"

# --- commits ----------------------------------------------------------------------------------------------


def commit_message(submission: Submission) -> str:
    """The message of a proposal's commit: what it is, and by which submission it came."""
    return f"{headline(submission)}\n\nProposition{HARD}: {submission.id}\n"


def merge_message(submission: Submission) -> str:
    """The message of the merge that accepts it."""
    return f"Accepter{HARD}: {headline(submission)}\n\nProposition{HARD}: {submission.id}\n"


def headline(submission: Submission) -> str:
    """What it is, on one line without control characters."""
    text = f"{ACTIONS[submission.posted.action]}{THIN}: {submission.title}"
    return "".join(" " if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else one for one in text).strip()


# --- the request at the forge -----------------------------------------------------------------------------


def request_title(submission: Submission) -> str:
    """The request's title."""
    return headline(submission)


def request_body(submission: Submission, platform: Platform) -> str:
    """The request's description. It holds neither an address nor what the sender wrote to the editors."""
    sender = submission.posted.contact_name.strip() or "Une personne"
    return f"{plain(sender)} propose cette fiche avec le formulaire de {platform.name}.\n\n{HOW_TO_DECIDE}"


HOW_TO_DECIDE: Final = (
    "Les fichiers ont été écrits et vérifiés par le robot. Pour publier la fiche, fusionnez cette demande. Pour demander un "
    "changement, faites une relecture qui demande des modifications\u202f: votre message est transmis à la personne, qui peut "
    "répondre ou corriger. Pour refuser, dites pourquoi dans un commentaire, qui est transmis aussi, puis fermez la demande."
)


def announcement(submission: Submission, notes: Notes, platform: Platform) -> str:
    """The robot's comment: what editors should know before they decide."""
    lines = [_sender_line(submission)]
    if notes.member:
        lines.append(f"La demande crée aussi la fiche du membre «{HARD}{plain(submission.posted.contact_name)}{HARD}».")
    if notes.left_behind:
        lines.append(
            f"**À faire avant d’accepter**, sinon la vérification échouera{THIN}:\n{_listed(notes.left_behind)}"
        )
    if notes.remarks:
        lines.append(f"Remarques de la vérification{THIN}:\n{_listed(notes.remarks)}")
    if submission.posted.message:
        lines.append("Un mot pour l’équipe accompagne la proposition. Il se lit dans la file des propositions.")
    lines.append(f"Page de relecture{THIN}: {platform.service_url}/relecture/{submission.id}/")
    return "\n\n".join(lines)


def _sender_line(submission: Submission) -> str:
    confirmed = {
        "confirmed": "L’adresse de la personne est confirmée.",
        "unconfirmed": "L’adresse de la personne n’est pas confirmée.",
        "none": "La personne n’a pas laissé d’adresse.",
    }[submission.email_state]
    if submission.email_known is False:
        confirmed += " **Elle diffère de celle qui est connue pour ce membre**\u202f: vérifiez qui propose."
    elif submission.email_known:
        confirmed += " C’est celle qui est connue pour ce membre."
    return confirmed


def status_text(*, fine: bool) -> str:
    """The commit status."""
    return "La fiche passe la vérification." if fine else "D’autres fiches doivent changer avec celle-ci."


def labels(kind: str, clubs: Sequence[str], pillars: Sequence[str]) -> tuple[str, ...]:
    """Labels of a request: its type, its clubs, its pillars. No comma, which GitLab takes for the next label."""
    names = [kind, *(f"club {name}" if not name.lower().startswith("club") else name for name in clubs), *pillars]
    return tuple(dict.fromkeys(name.replace(",", " ")[:LONGEST_LABEL].strip() for name in names if name))


def type_label(site: Site, name: str) -> str:
    """What a type is called."""
    types: list[ContentType | DataType] = [*site.schemas.content_types, *site.schemas.data_types]
    return next((kind.singular for kind in types if kind.name == name), name)


def question_comment(text: str) -> str:
    """What an editor asked on the review page."""
    return f"La rédaction demande{THIN}:\n\n{quoted(text)}"


def answer_comment(text: str) -> str:
    """What the sender answered on the status page."""
    return f"La personne répond{THIN}:\n\n{quoted(text)}"


def refused_comment(text: str) -> str:
    """Why an editor refused it on the review page."""
    return (
        f"La proposition n’est pas retenue.\n\n{quoted(text)}" if text.strip() else "La proposition n’est pas retenue."
    )


WITHDRAWN_COMMENT: Final = "La personne a retiré sa proposition."


def quoted(text: str) -> str:
    """A stranger's words as a quotation in Markdown, so that they are never taken for ours."""
    return "\n".join(f"> {plain(line)}" for line in text.strip().splitlines())


def plain(text: str) -> str:
    """A stranger's words on one line: no mark-up, no mention of an account, no reference."""
    line = " ".join(text.split())
    return "".join(f"\\{one}" if one in "\\`*_{}[]()<>#!|~" else "@\u2060" if one == "@" else one for one in line)


def _listed(texts: Sequence[str]) -> str:
    shown = [f"- {plain(text)}" for text in texts[:LONGEST_LISTED]]
    return "\n".join([*shown, *(["- …"] if len(texts) > LONGEST_LISTED else [])])


# --- the status page --------------------------------------------------------------------------------------

CORRECTED: Final = "Correction envoyée."
NO_REASON: Final = "La rédaction n’a pas donné de raison."


def faults(messages: Iterable[str]) -> str:
    """Why a proposal cannot be made any more, although it could when it was sent."""
    listed = "\n".join(f"– {message}" for message in messages)
    return f"Le site a changé depuis l’envoi, et la proposition ne peut plus être enregistrée ainsi{THIN}:\n{listed}"


def questions(texts: Iterable[str]) -> str:
    """What editors ask for."""
    return "\n\n".join(text.strip() for text in texts if text.strip()) or "La rédaction demande des modifications."


def reason(text: str) -> str:
    """Why it was refused."""
    return text.strip() or NO_REASON


def published(address: str, action: str) -> str:
    """It is online."""
    if action == "remove":
        return "La page a été retirée du site."
    return f"La page est en ligne{THIN}: {address}"


# --- for administrators -----------------------------------------------------------------------------------

ACCEPT_AT_FORGE: Final = "Les propositions s’acceptent sur la forge, en fusionnant la demande."
LATE: Final = (
    "La proposition est acceptée depuis longtemps, et sa page n’est pas en ligne. La publication a-t-elle lieu\u202f?"
)
MAIN_BROKEN: Final = (
    "La branche principale ne peut pas être lue comme un site (data/site.yaml ou un schéma est invalide)\u202f: "
    "corrigez-la, les propositions attendent."
)
FAULT: Final = "Un défaut du programme arrête cette proposition\u202f; le journal du service dit où."
DISK: Final = "Le disque du service est plein ou ne peut pas être écrit."
GIT: Final[Mapping[GitTrouble, str]] = {
    "credentials": "Le serveur git ne reconnaît pas les identifiants du robot.",
    "rights": "Le serveur git ne permet pas au robot d’écrire dans le dépôt.",
    "gone": "Le dépôt git ou sa branche principale est introuvable.",
    "busy": "Le serveur git ne répond pas pour le moment.",
    "conflict": "La branche de la proposition a changé entre-temps sur le serveur git.",
    "broken": "Git a échoué d’une façon imprévue\u202f; le journal du service dit comment.",
}


def stand_off(paths: Sequence[str]) -> str:
    """Others' work on the branch cannot be brought together with the main branch."""
    listed = ", ".join(paths)
    return f"La branche contredit la branche principale, hors des fichiers de la proposition{THIN}: {listed}."


def blocked(paths: Sequence[str]) -> str:
    """Files that were changed by hand and by an accepted proposal."""
    listed = ", ".join(paths)
    return (
        f"Des fichiers ont été modifiés à la main et aussi dans le dépôt{THIN}: {listed}. Ils restent tels quels"
        f"{THIN}; reprenez à la main ce qui manque."
    )


def no_request(number: int) -> str:
    """The register has no such request."""
    return f"La demande nº{HARD}{number} n’existe pas dans le registre de la forge locale."


MAIL: Final = {
    "later": "Le serveur de courrier ne prend pas les messages pour le moment. Ils attendent et repartiront tout seuls.",
    "settings": "Le serveur de courrier refuse nos messages\u202f: vérifiez CIRCULAR_SMTP et CIRCULAR_MAIL_FROM.",
}

CHORE_FAILED: Final = (
    "Une tâche de fond du service échoue (effacement des données périmées, lettre de la semaine ou ménage du dépôt). "
    "Les propositions continuent d’avancer\u202f; la ligne «\u00a0chore failed\u00a0» du journal dit où."
)

# --- the command ------------------------------------------------------------------------------------------

SUMMARY: Final = "fait des envois des propositions à relire, les suit et écrit les messages"
NAME: Final = (
    "nom de ce processus, le même à chaque démarrage, si plusieurs partagent la base (par défaut, celui de la machine)"
)


def checked_out(directory: str) -> str:
    """The local forge's repository has files beside it that are not the root's."""
    return (
        f"le dépôt {directory} a un dossier de travail qui n’est pas celui du site{THIN}: "
        "donnez un dépôt nu (git init --bare)"
    )
