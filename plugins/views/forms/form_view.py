"""The form of a type as its page shows it: what is required first, the rest folded, who sends it last.

The same view serves the page that the build makes and those of the service, which keep what was filled in and say what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.forms.open_fields import alternatives, deciding, is_open, open_fields
from plugins.forms.pairs import Pairs, settle
from plugins.forms.posted import MEMBER
from plugins.markup import typography
from plugins.model.addresses import TITLES, form_address
from plugins.views.finding.map_layers import GROUND
from plugins.views.forms.form_controls import Control, Controls, sender_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plugins.forms.faults import FieldFault
    from plugins.model.objects import Entry
    from plugins.model.schema.schemas import Field, FlatSchema
    from plugins.publication.context import Context

PRIVACY: Final = "pages/vie-privee"
COMMUNES: Final = "/donnees/formulaires/communes.json"  # open to other hosts, since the service may stand on one
NAMES: Final = "/donnees/formulaires/noms.json"
PREVIEW: Final = "apercu/"  # below the address of a form
_CHALLENGE: Final = "epreuve/"
_PROFILE: Final = ("kind", "organisation", "role")
_FINE: Final = frozenset({"address", "lat", "lon"})
_EMPTY_ROWS: Final = 3
_RANKS: Final = 8


class Part(TypedDict):
    """A question, a group of questions, or a group that may come several times."""

    kind: Annotated[str, "one, group or rows."]
    name: Annotated[str, "The name of its field."]
    label: str
    help: str
    controls: Annotated[list[Control], "Its questions; for rows none."]
    fine: Annotated[list[Control], "Those that few people need: street and coordinates."]
    rows: Annotated[list[list[Control]], "The groups, empty ones at the end."]


class Fold(TypedDict):
    """A part of the form that opens on demand."""

    id: str
    label: Annotated[str, "Its heading; empty where the schema has none."]
    open: Annotated[bool, "Whether something is filled in there, or wrong."]
    parts: list[Part]


class Wrong(TypedDict):
    """A line of the summary of what is wrong."""

    href: Annotated[str, "The input where it can be put right; empty for the whole."]
    message: str
    hint: Annotated[str, "What to do about it."]


class Hidden(TypedDict):
    """An input that people do not see."""

    name: str
    value: str


class Form(TypedDict):
    """A form that somebody answers."""

    action: Annotated[str, "Where it is sent."]
    preview: Annotated[str, "Where it is sent to see the page that it would make; nothing is kept of that."]
    type: str
    editing: Annotated[bool, "Whether it changes what is there already."]
    removable: Annotated[bool, "Whether it may be asked to take the page away."]
    wrong: Annotated[list[Wrong], "What has to be put right."]
    parts: Annotated[list[Part], "What has to be filled in."]
    body: Annotated[Control | None, "The text; None for what has none."]
    body_folded: Annotated[bool, "Whether the text opens on demand."]
    folds: Annotated[list[Fold], "What may be filled in."]
    sender: Annotated[list[Control], "Who sends it."]
    author: Annotated[Control | None, "The name of a member who signs; None where nobody signs."]
    profile: Annotated[list[Control], "What a new member says of himself."]
    message: Control
    picture: Annotated[
        str, "The name of the picture that is there, or that came with the last try; empty if there is none."
    ]
    thumbnail: Annotated[str, "The address of a small copy of it; empty where there is none."]
    hidden: list[Hidden]
    captcha: Annotated[str, "Where the browser gets a challenge to solve."]
    privacy: Annotated[str, "The page about personal data; empty where there is none."]
    communes: Annotated[str, "The names and places of communes, for a script."]
    names: Annotated[str, "The names of members, clubs and territories, for a script."]
    titles: Annotated[
        str, "The titles of entries, for a script that looks for the same one; empty if there is no such file."
    ]
    ground: Annotated[str, "The ground of a map on which a script takes a point; empty where there is none."]
    tiles: Annotated[str, "The tiles of that map; empty for outlines alone."]
    attribution: Annotated[str, "Whose tiles or outlines they are; empty where nobody asks to be named."]
    base: Annotated[str, "What stands before the addresses of that file."]
    script: Annotated[str, "The script that makes the form more pleasant."]


def form_view(
    ctx: Context,
    flat: FlatSchema,
    address: str,
    intake: str,
    *,
    pairs: Sequence[tuple[str, str]] = (),
    faults: Iterable[FieldFault] = (),
    hidden: Mapping[str, str] | None = None,
    picture: str = "",
    thumbnail: str = "",
    consultation: Entry | None = None,
) -> Form:
    """The form of the type ``flat`` at ``address``, sent to the service at ``intake``.

    ``pairs`` are the names and values to show, as they were posted; ``faults`` what is wrong with them; ``hidden`` the inputs to
    be sent back untouched (``target`` among them makes it a form that edits); ``picture`` the name of the picture that is there,
    which ``thumbnail`` shows (an address);
    ``consultation`` what a contribution answers.
    """
    given = {"key": "", "captcha": "", "form-opened": "", **(hidden or {})}
    faults = list(faults)
    editing = bool(given.get("target"))
    controls = Controls(ctx, flat, Pairs(settle(pairs)), faults, editing=editing)
    layout = _Layout(ctx, flat, controls, editing=editing, consultation=consultation)
    base, tiles = intake.rstrip("/"), ctx.site.settings.get("map") or {}
    parts, body, author = layout.parts(), layout.body(), layout.author()  # in the order of the page
    sender, profile, folds, message = layout.sender(), layout.profile(), layout.folds(), layout.message()
    return {
        "action": base + address,
        "preview": base + address + PREVIEW,
        "type": flat.name,
        "editing": layout.editing,
        "removable": layout.editing,
        "wrong": _wrong(faults, controls.shown, flat),
        "parts": parts,
        "body": body,
        "body_folded": flat.body_folded,
        "folds": folds,
        "sender": sender,
        "author": author,
        "profile": profile,
        "message": message,
        "picture": picture,
        "thumbnail": thumbnail,
        "hidden": [{"name": name, "value": value} for name, value in given.items()],
        "captcha": base + form_address("x").removesuffix("x/") + _CHALLENGE,
        "privacy": _page(ctx, PRIVACY),
        "communes": ctx.href(COMMUNES),
        "names": ctx.href(NAMES),
        "titles": ctx.href(TITLES),
        "ground": ctx.href(GROUND) if layout.has_point and ctx.site.geography.bounds else "",
        "tiles": str(tiles.get("tiles") or ""),
        "attribution": typography(str(tiles.get("attribution") or ctx.site.geography.credit)),
        "base": ctx.base,
        "script": ctx.asset("js/form.js"),
    }


class _Layout:
    """What of a type is asked where."""

    def __init__(
        self, ctx: Context, flat: FlatSchema, controls: Controls, *, editing: bool, consultation: Entry | None
    ) -> None:
        self._ctx, self._flat, self._controls = ctx, flat, controls
        self.editing = editing
        self._consultation = consultation
        self._open = open_fields(flat, editing=editing)
        self._front = {field.name for field in self._open if self._is_in_front(field)}

    @property
    def has_point(self) -> bool:
        """Whether coordinates are asked."""
        return self._consultation is None and any(one.name == "lat" for one in self._flat.every_field())

    def parts(self) -> list[Part]:
        """What stands open."""
        if self._consultation is not None:
            return [self._question(one) for one in self._consultation.fields.get("questions") or []]
        return [self._part(field) for field in self._open if field.name in self._front]

    def body(self) -> Control | None:
        """The text."""
        if not self._flat.body_label:
            return None
        label, help_ = self._flat.body_label, self._flat.body_help
        return self._controls.plain("lines", "body", label=label, help_=help_)

    def folds(self) -> list[Fold]:
        """What is folded, section by section; a contribution to a consultation has none."""
        if self._consultation is not None:
            return []
        found = []
        for section in self._flat.sections:
            fields = [field for field in section.fields if field in self._open and self._is_folded(field)]
            parts = [self._part(field) for field in fields]
            if parts:
                found.append(self._fold(section.id, section.label, parts))
        return found

    def author(self) -> Control | None:
        """The member who signs what is new."""
        field = self._flat.by_dotted.get("authors")
        if field is None or self.editing:
            return None
        control = self._controls.of(field)
        return {**control, "required": False, "rules": []}

    def sender(self) -> list[Control]:
        """A name and an address to answer to; a member's name is that of his page."""
        name = self._controls.plain("line", "contact.name", required=True, auto="name", rules=sender_rules("name"))
        email = self._controls.plain(
            "line",
            "contact.email",
            required=True,
            type_="email",
            auto="email",
            rules=sender_rules("email"),
        )
        return [email] if self._flat.name == MEMBER and not self.editing else [name, email]

    def profile(self) -> list[Control]:
        """What makes a member of somebody who signs and is none yet."""
        if "authors" not in self._flat.by_dotted or self.editing:
            return []
        fields = self._ctx.site.schemas.flattened(MEMBER).by_dotted
        made = [self._controls.of(fields[name], f"{MEMBER}.") for name in _PROFILE if name in fields]
        return [{**one, "required": False, "rules": [], "kind": _short_kind(one)} for one in made]

    def message(self) -> Control:
        """A word to the editors."""
        return self._controls.plain("lines", "message", rules=sender_rules("message"))

    def _is_in_front(self, field: Field) -> bool:
        names = {*alternatives(self._flat), *deciding(self._flat)} - _FINE
        is_end = field.name == "end" and any(each.name == "start" for each in self._open)
        return field.name != "authors" and (field.required or field.name in names or is_end) and field.widget != "file"

    def _is_folded(self, field: Field) -> bool:
        signs = field.name == "authors" and not self.editing
        return field.name not in self._front and not signs and field.widget != "file"

    def _part(self, field: Field) -> Part:
        part: Part = {
            "kind": "one",
            "name": field.name,
            "label": typography(field.label),
            "help": typography(field.help),
            "controls": [],
            "fine": [],
            "rows": [],
        }
        inner = [each for each in field.fields if is_open(each)]
        if field.kind == "object":
            part["kind"] = "group"
            made = [self._controls.of(each, f"{field.name}.") for each in inner if each.name not in _FINE]
            part["controls"] = [{**one, "required": False} for one in made] if not field.required else made
            part["fine"] = [self._controls.of(each, f"{field.name}.") for each in inner if each.name in _FINE]
        elif field.kind == "objects":
            part["kind"] = "rows"
            count = max(_EMPTY_ROWS, self._controls.count(field.name) + 1)
            part["rows"] = [
                [self._controls.of(each, f"{field.name}.{number}.", explained=False) for each in inner]
                for number in range(count)
            ]
        else:
            part["controls"] = [self._alone(self._controls.of(field), field)]
        return part

    def _alone(self, control: Control, field: Field) -> Control:
        """One of several fields is wanted: where the form has but one of them, it is that one."""
        asked = [one for one in self._open if one.name in alternatives(self._flat) and one.widget != "file"]
        return {**control, "required": True} if asked == [field] else control

    def _question(self, question: Mapping[str, object]) -> Part:
        """A question of a consultation: an answer in words, one or several choices, or a ranking."""
        name = f"answers.{question['id']}"
        choices = [str(choice) for choice in question.get("choices") or []]  # type: ignore[attr-defined]  # a list, says the schema
        kind = {"choix": "checkboxes", "ordre": "ranks"}.get(str(question.get("kind", "")), "lines")
        control = self._controls.plain(kind, name, label=str(question["text"]))
        control["options"] = self._controls.choice(name, ((choice, choice) for choice in choices))
        given = list(self._controls.texts(name))
        control["ranking"] = (given + [""] * len(choices))[: min(len(choices), _RANKS)] if kind == "ranks" else []
        return {
            "kind": "one",
            "name": name,
            "label": control["label"],
            "help": "",
            "controls": [control],
            "fine": [],
            "rows": [],
        }

    def _fold(self, id_: str, label: str, parts: list[Part]) -> Fold:
        inside = [
            one for part in parts for one in (*part["controls"], *part["fine"], *(c for r in part["rows"] for c in r))
        ]
        return {
            "id": f"page-{id_}",
            "label": typography(label),
            "open": self._controls.says(inside),
            "parts": parts,
        }


def _short_kind(control: Control) -> str:
    return "select" if control["kind"] == "radio" else control["kind"]


def _wrong(faults: Iterable[FieldFault], shown: Mapping[str, str], flat: FlatSchema) -> list[Wrong]:
    """The summary, in the order of the page; what belongs to no input leads to the first of those that may mend it."""
    places = list(shown)
    first = next((f"#{shown[name]}" for name in shown if name.split(".")[0] in alternatives(flat)), "")
    lines: list[tuple[int, Wrong]] = []
    for fault in faults:
        name = _nearest_input(fault.field, places)
        href = f"#{shown[name]}" if name else "" if fault.field else first
        line: Wrong = {"href": href, "message": typography(fault.message), "hint": typography(fault.suggestion)}
        lines.append((places.index(name) if name else -1, line))
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _nearest_input(field: str, names: Sequence[str]) -> str:
    """The input of a fault: its own, or the first inside of a group."""
    if field in names:
        return field
    return next((name for name in names if field and name.startswith(f"{field}.")), "")


def _page(ctx: Context, entry_id: str) -> str:
    entry = ctx.site.entries.get(entry_id)
    return ctx.href(entry.address) if entry else ""
