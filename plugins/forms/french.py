"""What forms say to the people who fill them in, where the catalogue of problems speaks to those who write files."""

from __future__ import annotations

THIN = "\u202f"


def required(label: str) -> str:
    """A field that must be filled in is empty."""
    return f"{label}{THIN}: cette réponse est obligatoire."


def not_a_number(label: str, text: str) -> str:
    """A number was wanted."""
    return f"{label}{THIN}: «{THIN}{short(text)}{THIN}» n’est pas un nombre."


def not_whole(label: str, text: str) -> str:
    """A whole number was wanted."""
    return f"{label}{THIN}: «{THIN}{short(text)}{THIN}» n’est pas un nombre entier."


WHOLE_HINT = f"Écrivez-le sans virgule{THIN}: 12 par exemple."
NUMBER_HINT = f"Écrivez un nombre seul, en chiffres{THIN}: 12,5 par exemple."


def not_a_choice(label: str, text: str) -> str:
    """One of the choices was wanted."""
    return f"{label}{THIN}: «{THIN}{short(text)}{THIN}» n’est pas un choix possible."


def choices_hint(labels: list[str]) -> str:
    """Which choices there are."""
    return f"Choisissez parmi{THIN}: {', '.join(labels)}."


def too_long(label: str, limit: int, length: int) -> str:
    """A text that is longer than anything that is looked at."""
    return f"{label}{THIN}: le maximum est de {limit} caractères, il y en a {length}."


NOT_YES_OR_NO = "Répondez par oui ou par non."
NAME_LABEL, EMAIL_LABEL = "Votre nom", "Votre adresse électronique"
NAME_LENGTH = f"{NAME_LABEL}{THIN}: entre 2 et 120 caractères, sur une seule ligne."
BAD_EMAIL = f"{EMAIL_LABEL}{THIN}: cette adresse n’en est pas une."
EMAIL_HINT = f"Vérifiez-la{THIN}: prenom.nom@exemple.fr."
MESSAGE_LONG = f"Votre mot à l’équipe{THIN}: le maximum est de 2{THIN}000 caractères."


def short(text: str) -> str:
    """A text as it is quoted in a sentence: on one line, printable, and short."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


_QUOTED = 60


def ambiguous(label: str, text: str, told: list[str]) -> tuple[str, str]:
    """A name that several things bear, and how to tell which is meant."""
    message = f"{label}{THIN}: plusieurs portent le nom «{THIN}{short(text)}{THIN}»."
    return message, f"Indiquez le code entre parenthèses{THIN}: {', '.join(told)}."


def not_known(label: str, text: str, told: list[str]) -> tuple[str, str]:
    """A name that nothing bears, and what is like it."""
    message = f"{label}{THIN}: «{THIN}{short(text)}{THIN}» n’est pas connu de ce site."
    return message, f"Vouliez-vous dire{THIN}: {', '.join(told)}{THIN}?" if told else ""


TAG_TAKEN = f"Mots-clés{THIN}: l’un d’eux ne peut pas devenir une adresse du site."
TAG_HINT = "Choisissez-en un autre, avec des lettres ou des chiffres."

# What to do, for people who see a form and no file. Codes that are not listed keep the sentence of the catalogue.
SUGGESTIONS = {
    "missing-choice": "",
    "missing-companion": "Remplissez les deux, ou laissez les deux vides.",
    "not-allowed": "",
    "too-few": "Ajoutez-en.",
    "bad-date": f"Choisissez le jour dans le calendrier, ou écrivez-le ainsi{THIN}: 14/03/2026.",
    "bad-datetime": f"Indiquez le jour et l’heure{THIN}: 14/03/2026 18:30. Pour une journée entière, cochez la case prévue.",
    "unknown-reference": "Choisissez dans la liste, ou écrivez le nom tel qu’il figure sur le site.",
    "unknown-commune": "Écrivez le nom de la commune, son code postal ou son code INSEE.",
    "unknown-term": "Choisissez dans la liste.",
    "file-missing": "Choisissez un fichier sur votre appareil.",
    "image-alt-missing": "Décrivez l’image en une phrase.",
    "coordinates-swapped": "Échangez les deux nombres, ou indiquez seulement la commune.",
    "outside-region": "Indiquez seulement la commune, ou vérifiez les coordonnées.",
    "address-taken": "Changez le titre.",
    "heading-top-level": f"Commencez les intertitres par deux dièses{THIN}: ##.",
}

CONSULTATION_CLOSED = "Cette consultation n’est pas ouverte aujourd’hui."
NO_SUCH_TARGET = "La page à modifier n’existe pas, ou n’existe plus."
NOT_BY_FORM = "Cette page ne se modifie pas par ce formulaire."
UNREADABLE_TARGET = "Le fichier de cette page ne peut pas être modifié par le formulaire : écrivez à l’équipe du site."
NOTHING_CHANGED = "Rien n’est changé : corrigez ce qui doit l’être, puis envoyez."


def answer_title(name: str) -> str:
    """The title of an answer to a consultation."""
    return f"Réponse de {name}"


def answer_summary(name: str, consultation: str) -> str:
    """The summary of an answer that has no sentence of its own."""
    return f"Une réponse de {name} à la consultation «{THIN}{consultation}{THIN}»."


def changed_meanwhile(label: str) -> str:
    """A field that somebody else changed while the form was being filled in."""
    return f"{label}{THIN}: ce champ a changé pendant que vous remplissiez le formulaire. C’est votre version qui est proposée."


def same_name(name: str, member_id: str) -> str:
    """Somebody of that name is a member already."""
    return f"Un membre s’appelle déjà «{THIN}{name}{THIN}» ({member_id}). Est-ce la même personne{THIN}?"


def still_named(path: str, title: str, label: str) -> str:
    """A file that names what is to go, and in which field."""
    return f"«{THIN}{title}{THIN}» ({path}) y renvoie encore, dans le champ «{THIN}{label}{THIN}»."


def still_linked(path: str, title: str, address: str) -> str:
    """A text that links to what is to go."""
    return f"«{THIN}{title}{THIN}» ({path}) mène encore à {address} par un lien de son texte."


def still_redirected(address: str) -> str:
    """An old address that leads to what is to go."""
    return f"data/redirects.yaml mène encore de {address} à cette page."
