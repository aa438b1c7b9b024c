"""What forms say to the people who fill them in, where the catalogue of problems speaks to those who write files."""

from __future__ import annotations

THIN = "\u202f"


def required(label: str) -> str:
    """A field that must be filled in is empty."""
    return f"{label}{THIN}: cette réponse est obligatoire."


def not_a_number(label: str, text: str) -> str:
    """A number was wanted."""
    return f"{label}{THIN}: «{THIN}{short(text)}{THIN}» n’est pas un nombre."


NUMBER_HINT = f"Écrivez un nombre seul, en chiffres{THIN}: 12,5 par exemple."


def not_a_choice(label: str, text: str) -> str:
    """One of the choices was wanted."""
    return f"{label}{THIN}: «{THIN}{short(text)}{THIN}» n’est pas un choix possible."


def choices_hint(labels: list[str]) -> str:
    """Which choices there are."""
    return f"Choisissez parmi{THIN}: {', '.join(labels)}."


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


NOBODY_SIGNS = f"Dites qui vous êtes{THIN}: votre nom signera cette page."
TAG_TAKEN = f"Mots-clés{THIN}: l’un d’eux ne peut pas devenir une adresse du site."
TAG_HINT = "Choisissez-en un autre, avec des lettres ou des chiffres."
NUMBER_OUT_OF_RANGE = "Un des nombres est trop grand, ou trop petit, pour être enregistré."

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
