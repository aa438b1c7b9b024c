"""What the pages of the intake say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

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
TOO_SLOW: Final = (
    "L’envoi n’est pas arrivé à temps. Revenez au formulaire et envoyez de nouveau, avec une image plus légère."
)

# --- the root ---------------------------------------------------------------------------------------------
NO_SITE: Final = "Le site ne peut pas être lu : ses fichiers ont des erreurs, ou ne sont pas encore là."

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
    408: ("L’envoi a duré trop longtemps", TOO_SLOW),
    413: ("L’envoi est trop volumineux", TOO_LARGE),
    415: ("Cet envoi ne peut pas être lu", NOT_A_FORM),
    429: (
        "Trop d’envois",
        "Beaucoup d’envois viennent de votre réseau. Revenez à la page précédente et réessayez plus tard.",
    ),
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
PICTURE_KEPT: Final = "celle que vous avez choisie"
PICTURE_SENT: Final = "celle que vous avez envoyée"
PICTURE_LOST: Final = "L’image que vous aviez choisie n’a pas pu être gardée. Choisissez-la de nouveau."

# --- receipt ----------------------------------------------------------------------------------------------
RECEIPT_TITLE: Final = "Votre proposition est bien reçue"

# --- status -----------------------------------------------------------------------------------------------
STATUS_TITLE: Final = "Votre proposition"
UNTITLED: Final = "Sans titre"
NO_SUCH_STATUS: Final = (
    "Cette page de suivi n’existe pas",
    "Vérifiez que l’adresse est entière. Les propositions terminées depuis longtemps sont effacées.",
)
NO_LONGER: Final = (
    "Ce n’est plus possible",
    "La proposition a avancé entre-temps. Sa page de suivi dit où elle en est.",
)
FOREIGN_POST: Final = REFUSALS[403]
BACK_TO_STATUS: Final = "La page de suivi"
ANSWER_MISSING: Final = (
    "La réponse est vide",
    "Revenez à la page de suivi et écrivez votre réponse avant de l’envoyer.",
)
ANSWER_TOO_LONG: Final = (
    "La réponse est trop longue",
    f"Une réponse compte au plus 5{THIN}000 caractères. Revenez en arrière et raccourcissez-la.",
)

# State → where it stands in a few words, and what that means for whoever sent it.
STATES: Final = {
    "quarantine": (
        "En attente d’une vérification",
        "Une personne de l’équipe vérifie d’abord que l’envoi ne vient pas d’un automate. Vous n’avez rien à faire.",
    ),
    "unconfirmed": (
        "En attente de votre confirmation",
        "Un message vous a été envoyé. Ouvrez son lien pour confirmer votre adresse\u202f: la relecture commence ensuite.",
    ),
    "queued": (
        "Enregistrée",
        "Elle est en train d’être transmise aux relecteurs. Cela prend d’ordinaire quelques minutes.",
    ),
    "waiting": ("En relecture", "Une personne de l’équipe la relit, d’ordinaire en moins de {days} jours."),
    "question": (
        "Une question vous est posée",
        "Répondez ci-dessous, ou corrigez votre texte\u202f: la relecture reprend ensuite.",
    ),
    "merged": ("Acceptée", "Elle sera en ligne dans quelques minutes."),
    "published": ("En ligne", "Merci de votre participation."),
    "refused": ("Non retenue", "L’équipe ne la publiera pas. La raison est donnée ci-dessous."),
    "withdrawn": ("Retirée", "Elle ne sera pas publiée."),
}
MOMENTS: Final = {
    "received": "Reçue",
    "confirmed": "Adresse confirmée",
    "opened": "Transmise aux relecteurs",
    "question": "Question de l’équipe",
    "answer": "Votre réponse",
    "merged": "Acceptée",
    "published": "Mise en ligne",
    "refused": "Non retenue",
    "withdrawn": "Retirée",
    "trouble": "Incident technique",
}
DECISIONS: Final = {
    "withdraw": "Votre demande de retrait est enregistrée. Elle prend effet dans quelques minutes.",
    "answer": "Votre réponse est enregistrée. Elle est transmise dans quelques minutes.",
    "correct": "Votre correction est enregistrée. Elle est transmise dans quelques minutes.",
}
DELAYED: Final = "Un incident technique retarde la suite. Rien n’est perdu\u202f: le service réessaie de lui-même."

# --- confirmation of an address ---------------------------------------------------------------------------
CONFIRM_TITLE: Final = "Confirmer votre adresse"
CONFIRMED_TITLE: Final = "Votre adresse est confirmée"
NO_SUCH_CONFIRMATION: Final = (
    "Ce lien ne sert plus",
    "La proposition a peut-être été retirée ou effacée, faute de confirmation à temps. Vous pouvez l’envoyer de nouveau.",
)

# --- forms that come back ---------------------------------------------------------------------------------
PROOF_STALE: Final = (
    "La vérification faite par votre navigateur ne vaut plus. Rien n’est perdu\u202f: envoyez de nouveau."
)
TOO_OFTEN: Final = (
    "Beaucoup d’envois viennent de votre réseau. Rien n’est perdu\u202f: gardez cette page et renvoyez-la plus tard."
)
SENT_BEFORE: Final = (
    "Ce formulaire a déjà été envoyé, avec un autre contenu. Pour corriger ce premier envoi, ouvrez sa page de suivi\u202f; "
    "si c’est une nouvelle proposition, envoyez de nouveau."
)

# --- why something waits in quarantine: for editors -------------------------------------------------------
REASONS: Final = {
    "trap": "le champ caché aux personnes est rempli",
    "quick": "le formulaire est rempli trop vite pour une personne",
    "links": "il y a beaucoup de liens",
    "markup": "le texte contient des balises de forum ou de page web",
    "script": "le texte est écrit dans un autre alphabet",
}


def suspected(reasons: Sequence[str]) -> str:
    """What made a post look like one of a machine."""
    return f"Signes d’un envoi automatique{THIN}: {', '.join(REASONS[reason] for reason in reasons)}."
