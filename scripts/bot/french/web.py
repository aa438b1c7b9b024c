"""What the pages of the intake say."""

from __future__ import annotations

from typing import Final

THIN: Final = "\u202f"

# --- posts that cannot be read ----------------------------------------------------------------------------
TOO_LARGE: Final = (
    "L’envoi est trop volumineux. Une image compte 10 Mo au plus, le texte un million de caractères au plus."
)
TEXT_TOO_LONG: Final = "Un des textes est trop long pour une page du site. Raccourcissez-le et envoyez de nouveau."
TOO_MANY_FILES: Final = "Il y a trop de fichiers dans cet envoi."
NOT_A_FORM: Final = "Cet envoi n’a pas la forme d’un formulaire. Revenez au formulaire et envoyez de nouveau."
NOT_UTF8: Final = (
    "Le texte de cet envoi ne peut pas être lu (il n’est pas en UTF-8). Revenez au formulaire et envoyez de nouveau."
)
CUT_OFF: Final = "L’envoi s’est arrêté avant la fin. Revenez au formulaire et envoyez de nouveau."

# --- refusals ---------------------------------------------------------------------------------------------
BACK_TO_SITE: Final = "Le site"
REFUSALS: Final = {
    400: ("Cet envoi ne peut pas être lu", NOT_A_FORM),
    403: (
        "Ce n’est pas permis",
        "Cette action doit être faite depuis la page elle-même. Ouvrez-la de nouveau, puis recommencez.",
    ),
    404: ("Cette page n’existe pas", "L’adresse contient peut-être une erreur, ou la page n’existe plus."),
    405: ("Cette adresse ne reçoit pas d’envoi", "Revenez à la page et recommencez."),
    413: ("L’envoi est trop volumineux", TOO_LARGE),
    415: ("Cet envoi ne peut pas être lu", NOT_A_FORM),
    500: (
        "Le service a rencontré un défaut",
        "Rien de ce qui a été accepté n’est perdu. Revenez à la page précédente et réessayez dans quelques minutes.",
    ),
    503: (
        "Le service est momentanément indisponible",
        "Revenez à la page précédente et réessayez dans quelques minutes\u202f: ce que vous avez écrit y est encore.",
    ),
}

# --- pictures ---------------------------------------------------------------------------------------------
NOT_A_PICTURE: Final = (
    "Ce fichier n’est pas une image que le site peut montrer. Choisissez une image JPEG, PNG ou WebP."
)
MOVING_PICTURE: Final = "Les images animées ne sont pas acceptées. Choisissez une image fixe, JPEG, PNG ou WebP."
PICTURE_TOO_MANY_PIXELS: Final = (
    "Cette image a trop de pixels. Réduisez-la (4 000 pixels de côté suffisent) et choisissez-la de nouveau."
)
PICTURE_TOO_SMALL: Final = "Cette image est trop petite pour être montrée. Choisissez-en une plus grande."
PICTURE_TOO_HEAVY: Final = "Cette image est trop lourde\u202f: 10 Mo au plus. Réduisez-la et choisissez-la de nouveau."
PICTURE_LOST: Final = "L’image que vous aviez choisie n’a pas pu être gardée. Choisissez-la de nouveau."
