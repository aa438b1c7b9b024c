"""What the service writes to people by e-mail."""

from __future__ import annotations

from typing import Final

THIN: Final = "\u202f"
HARD: Final = "\u00a0"


def greeting(name: str) -> str:
    """The first line."""
    return f"Bonjour {name}," if name else "Bonjour,"


def closing(platform: str) -> str:
    """The last lines."""
    return (
        f"L’équipe de {platform}\n\n"
        "--\nCe message est envoyé par un automate, il ne faut pas y répondre. Votre adresse ne sert qu’au suivi de "
        "votre proposition et n’est publiée nulle part."
    )


def follow(address: str) -> str:
    """Where it can be followed."""
    return (
        f"Pour suivre votre proposition, la corriger ou la retirer{THIN}:\n{address}\n\n"
        f"Gardez cette adresse pour vous{THIN}: elle permet d’agir sur votre proposition."
    )


def titled(title: str) -> str:
    """« Title »."""
    return f"«{HARD}{title}{HARD}»"


# --- received: nothing of what was written is repeated to an address that nobody has confirmed --------------
CONFIRM_SUBJECT: Final = "Confirmez votre proposition"
RECEIVED_SUBJECT: Final = "Votre proposition est bien reçue"


def must_confirm(platform: str, address: str) -> str:
    """The address has to be confirmed before anything is read."""
    return (
        f"Une proposition a été envoyée à {platform} avec cette adresse. Pour qu’elle soit relue, confirmez que cette adresse "
        f"est bien la vôtre en ouvrant ce lien{THIN}:\n{address}\n\n"
        "Si vous n’avez rien envoyé, ne faites rien\u202f: la proposition sera effacée."
    )


def may_confirm(platform: str, address: str) -> str:
    """It is read in any case; a confirmed address says who sends."""
    return (
        f"Votre proposition est bien arrivée à {platform}. Une personne de l’équipe la relit. Pour montrer que cette adresse "
        f"est bien la vôtre, ouvrez ce lien{THIN}:\n{address}\n\n"
        "Si vous n’avez rien envoyé, vous pouvez ignorer ce message."
    )


def received(platform: str) -> str:
    """It is read; the address was confirmed before this mail left."""
    return f"Votre proposition est bien arrivée à {platform}. Une personne de l’équipe la relit."


# --- afterwards -------------------------------------------------------------------------------------------
CONFIRMED_SUBJECT: Final = "Votre adresse est confirmée"


def confirmed(title: str) -> str:
    """The address is confirmed, editors go on."""
    return (
        f"Merci{THIN}! Votre adresse est confirmée, et votre proposition {titled(title)} est transmise à l’équipe, qui la relit. "
        "Vous recevrez un message à chaque étape."
    )


def question_subject(title: str) -> str:
    """Somebody asks."""
    return f"Une question sur votre proposition {titled(title)}"


def question(title: str, text: str) -> str:
    """What is asked."""
    return (
        f"L’équipe a lu votre proposition {titled(title)} et vous demande{THIN}:\n\n{text}\n\n"
        "Répondez ou corrigez votre texte sur la page de suivi\u202f: la relecture reprend ensuite."
    )


def published_subject(title: str) -> str:
    """It is online."""
    return f"En ligne{THIN}: {titled(title)}"


def published(title: str, address: str, action: str) -> str:
    """Where it is online, or that it is gone."""
    if action == "remove":
        return f"Comme vous l’avez demandé, la page {titled(title)} a été retirée du site."
    what = "Votre modification est en ligne" if action == "edit" else f"Votre proposition {titled(title)} est en ligne"
    return f"{what}{THIN}:\n{address}\n\nMerci de votre participation."


def refused_subject(title: str) -> str:
    """It is not taken."""
    return f"Votre proposition {titled(title)} n’est pas retenue"


def refused(title: str, text: str) -> str:
    """Why it is not taken."""
    return (
        f"L’équipe a lu votre proposition {titled(title)} et ne la publiera pas. Voici pourquoi{THIN}:\n\n{text}\n\n"
        "Vous pouvez en tenir compte et faire une nouvelle proposition."
    )


def withdrawn_subject(title: str) -> str:
    """It was taken back."""
    return f"Votre proposition {titled(title)} est retirée"


def withdrawn(title: str) -> str:
    """It was taken back."""
    return f"Comme vous l’avez demandé, votre proposition {titled(title)} est retirée. Elle ne sera pas publiée."


UNTITLED: Final = "sans titre"

# --- editors and administrators ---------------------------------------------------------------------------


def alert_subject(platform: str) -> str:
    """Something is wrong with the service."""
    return f"{platform}{THIN}: le service des propositions a besoin de vous"


def alert(text: str, address: str) -> str:
    """What is wrong. Nothing is lost by it."""
    return (
        f"Le service des propositions ne peut pas continuer normalement{THIN}:\n\n{text}\n\n"
        "Rien n’est perdu\u202f: ce qui a été envoyé est gardé et repartira tout seul. La commande "
        f"«{HARD}python -m scripts bot doctor{HARD}» dit quoi vérifier. La file{THIN}: {address}"
    )


# --- toujours exact ? -------------------------------------------------------------------------------------


def exact_subject(title: str) -> str:
    """Editors ask whether a page is still right."""
    return f"Toujours exact{THIN}? {titled(title)}"


def exact(platform: str, title: str, address: str, link: str) -> str:
    """What is asked, about which page, and where to answer."""
    return (
        f"Vous avez proposé ou corrigé cette page de {platform}{THIN}:\n{titled(title)}\n{address}\n\n"
        f"L’équipe se demande si tout y est encore exact. Pour le dire, ou pour changer ou retirer la page, ouvrez ce lien{THIN}:\n"
        f"{link}\n\n"
        "Si vous ne répondez pas, la page reste comme elle est, et personne ne vous redemandera avant trois mois. "
        f"Gardez ce lien pour vous{THIN}: il répond en votre nom."
    )


# --- a page that publication could not show ---------------------------------------------------------------


def broken_subject(title: str) -> str:
    """An error came into a page that somebody proposed."""
    return f"Une erreur dans la page {titled(title)}"


def broken(title: str, text: str) -> str:
    """Which error, and what is shown meanwhile."""
    return (
        f"Vous avez proposé ou corrigé la page {titled(title)}. Une erreur s’y trouve, et le site n’a pas pu la publier telle "
        f"qu’elle est{THIN}:\n\n{text}"
    )
