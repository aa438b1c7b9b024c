"""How to take part: the hub, and a page for each type that has a form.

Where ``intake`` of ``data/site.yaml`` names the service that answers, the page holds the form; elsewhere it says what will be asked
and leads to the forge's own form and the guide. It never shows a form that nobody answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict
from urllib.parse import quote

from plugins.markup import typography
from plugins.model.addresses import CONTRIBUTE, MEMBER_FORM, form_address
from plugins.publication.page import Page
from plugins.views.forms.form_view import Form, form_view
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.words.index_names import INDEXES
from plugins.views.words.labels import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.schema.schemas import FlatSchema
    from plugins.publication.context import Context

GUIDE = "pages/aide"  # the entry that explains how to contribute, where the region has one


class Asked(TypedDict):
    """A field that the form asks for."""

    label: str
    help: str
    required: bool


class AskedSection(TypedDict):
    """A group of fields."""

    label: str
    optional: Annotated[bool, "Whether all of it may be left out."]
    fields: list[Asked]


class Choice(TypedDict):
    """Something that one can propose."""

    name: str
    href: str
    description: str


class ContributeView(TypedDict):
    """The hub (``contribute.html``)."""

    page: Frame
    choices: Annotated[list[Choice], "A page for each type that has a form."]
    guide: Annotated[Link | None, "The guide for contributors; None where the region has none."]
    repository: Annotated[str, "The site's repository; empty if none is named."]
    served: Annotated[bool, "Whether the forms of the site are answered."]
    contact: Annotated[Link | None, "Whom to ask."]


class FormView(TypedDict):
    """The form of one type (``form.html``)."""

    page: Frame
    title: Annotated[str, "What the form is for; of a page that is changed, its title."]
    description: str
    notice: Annotated[str, "What the service has to say of the whole; empty on the pages of the site."]
    form: Form
    guide: Link | None


class AskedView(TypedDict):
    """What one type asks for, where nobody answers a form (``asked.html``)."""

    page: Frame
    title: str
    description: str
    sections: list[AskedSection]
    body: Annotated[Asked | None, "The text; None for what has none."]
    issue: Annotated[str, "The forge's own form for this type; empty where the forge has none."]
    editor: Annotated[str, "The forge's editor of a new file; empty where no repository is named."]
    folder: Annotated[str, "Where the file lies in the repository."]
    guide: Link | None
    contact: Link | None


def contribute_pages(ctx: Context) -> Iterator[Page]:
    """The hub and a page for each form."""
    forms = [
        (kind.name, kind.form, kind.new, f"content/{kind.folder}")
        for kind in ctx.site.schemas.content_types
        if kind.form
    ]
    forms += [
        (kind.name, kind.form, kind.new, kind.path.rpartition("/")[0])
        for kind in ctx.site.schemas.data_types
        if kind.form == MEMBER_FORM
    ]
    yield Page(CONTRIBUTE, "contribute.html", _hub(ctx, forms))
    intake = str(ctx.site.settings.get("intake") or "")
    for name, form, title, folder in forms:
        address = form_address(form)
        if intake:
            filled = form_view(ctx, ctx.site.schemas.flattened(name), address, intake)
            page = _frame(ctx, name, address, title)
            yield Page(address, "form.html", form_page(ctx, name, title, filled, page))
        else:
            yield Page(address, "asked.html", _asked(ctx, name, form, title, folder))


def form_page(ctx: Context, type_name: str, title: str, form: Form, page: Frame, *, notice: str = "") -> FormView:
    """All that the page of a form shows; ``title`` is what it is for, or the title of the page that it changes."""
    return {
        "page": page,
        "title": typography(title),
        "description": typography(ctx.site.schemas.flattened(type_name).description),
        "notice": typography(notice),
        "form": form,
        "guide": _guide(ctx),
    }


def _frame(ctx: Context, name: str, address: str, title: str) -> Frame:
    description = typography(ctx.site.schemas.flattened(name).description)
    trail = [(INDEXES[CONTRIBUTE], CONTRIBUTE)]
    return frame(ctx, address, typography(title), description, section=CONTRIBUTE, trail=trail)


def _hub(ctx: Context, forms: list[tuple[str, str, str, str]]) -> ContributeView:
    title = INDEXES[CONTRIBUTE]
    return {
        "page": frame(ctx, CONTRIBUTE, title, f"{title}. {ctx.site.settings['name']}", section=CONTRIBUTE),
        "choices": [
            {
                "name": typography(new),
                "href": ctx.href(form_address(form)),
                "description": typography(ctx.site.schemas.flattened(name).description),
            }
            for name, form, new, _ in forms
        ],
        "guide": _guide(ctx),
        "repository": _repository(ctx),
        "served": bool(ctx.site.settings.get("intake")),
        "contact": _contact(ctx),
    }


def _asked(ctx: Context, name: str, form: str, title: str, folder: str) -> AskedView:
    schema = ctx.site.schemas.flattened(name)
    return {
        "page": _frame(ctx, name, form_address(form), title),
        "title": typography(title),
        "description": typography(schema.description),
        "sections": _sections(schema),
        "body": _body(schema),
        "issue": _issue(ctx, form, title),
        "editor": _editor(ctx, folder),
        "folder": folder,
        "guide": _guide(ctx),
        "contact": _contact(ctx),
    }


def _body(schema: FlatSchema) -> Asked | None:
    if not schema.body_label:
        return None
    return {"label": typography(schema.body_label), "help": typography(schema.body_help), "required": False}


def _sections(schema: FlatSchema) -> list[AskedSection]:
    sections: list[AskedSection] = []
    for section in schema.sections:
        asked: list[Asked] = [
            {
                "label": typography(capital(one.label)),
                "help": typography(one.help),
                "required": one.required and not one.filled,
            }
            for one in section.fields
            if one.widget != "hidden" and one.label
        ]
        if asked:
            sections.append(
                {
                    "label": typography(section.label),
                    "optional": not any(one["required"] for one in asked),
                    "fields": asked,
                }
            )
    return sections


def _guide(ctx: Context) -> Link | None:
    entry = ctx.site.entries.get(GUIDE)
    href = ctx.href(entry.address) if entry else ""
    return {"name": typography(entry.title), "href": href} if entry and href else None


def _contact(ctx: Context) -> Link | None:
    contact = ctx.site.settings.get("contact") or {}
    return (
        {"name": typography(str(contact["name"])), "href": str(contact.get("url") or "")}
        if contact.get("name")
        else None
    )


def _repository(ctx: Context) -> str:
    return str(ctx.site.settings.get("repository") or "").rstrip("/").removesuffix(".git")


def _issue(ctx: Context, form: str, title: str) -> str:
    """The form of ``.github/ISSUE_TEMPLATE`` (``make derive``), which GitHub and Forgejo show; GitLab shows the questions of
    ``.gitlab/issue_templates``, whose files are called by their titles.
    """
    repository = _repository(ctx)
    if not repository:
        return ""
    if "gitlab" in repository:
        return f"{repository}/-/issues/new?issuable_template={quote(title)}"
    folder = "" if "github.com" in repository else ".github/ISSUE_TEMPLATE/"
    return f"{repository}/issues/new?template={folder}{form}.yml"


def _editor(ctx: Context, folder: str) -> str:
    """The forge's page for a new file in a folder of the main branch."""
    repository = _repository(ctx)
    if not repository:
        return ""
    if "gitlab" in repository:
        return f"{repository}/-/new/main/{folder}"
    return f"{repository}/new/main/{folder}" if "github.com" in repository else f"{repository}/_new/main/{folder}"
