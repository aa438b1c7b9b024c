"""How a reader changes a page, or proposes another like it: by the form service where there is one, at the forge elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict
from urllib.parse import quote

from plugins.markup import typography
from plugins.model.addresses import CONTRIBUTE, MEMBER_FORM, form_address

if TYPE_CHECKING:
    from plugins.publication.context import Context

_MEMBERS, _ENTRIES = "data/members/", "content/"


class Like(TypedDict):
    """A form for another page like this one."""

    name: Annotated[str, "What it is, with its article: « un évènement »."]
    href: str


class Edit(TypedDict):
    """Where a reader changes a page."""

    href: Annotated[str, "The form filled with it, the forge's editor, or the page that says how to propose a change."]
    direct: Annotated[bool, "Whether this very page is opened there."]
    like: Annotated[Like | None, "Where to propose another like it; None where no form is for that."]


def edit_of(ctx: Context, path: str) -> Edit | None:
    """How to change what the file ``path``, relative to the root, says; None where nobody says how."""
    form = _form(ctx, path)
    if form:
        return form
    repository = str(ctx.site.settings.get("repository") or "").rstrip("/").removesuffix(".git")
    if repository:
        return {"href": f"{repository}/{_editor(repository)}/{path}", "direct": True, "like": None}
    href = ctx.href(CONTRIBUTE)
    return {"href": f"{href}#modifier", "direct": False, "like": None} if href else None


def _form(ctx: Context, path: str) -> Edit | None:
    """The service's form, where there is a service and a form for that type."""
    intake = str(ctx.site.settings.get("intake") or "").rstrip("/")
    if not intake:
        return None
    if path.startswith(_MEMBERS):
        target = path.removeprefix(_MEMBERS).removesuffix(".yaml")
        return {"href": f"{intake}{form_address(MEMBER_FORM)}?modifier={target}", "direct": True, "like": None}
    target = path.removeprefix(_ENTRIES).removesuffix(".md")
    folder = target.partition("/")[0] if path.startswith(_ENTRIES) else ""
    kind = next((kind for kind in ctx.site.schemas.content_types if kind.folder == folder and kind.form), None)
    if kind is None:
        return None
    base, identifier = f"{intake}{form_address(kind.form)}", quote(target, safe="/")
    like: Like = {"name": typography(f"{kind.article} {kind.singular}"), "href": f"{base}?semblable={identifier}"}
    return {"href": f"{base}?modifier={identifier}", "direct": True, "like": like}


def _editor(repository: str) -> str:
    """How each forge spells « edit this file of the main branch »."""
    if "gitlab" in repository or "/-/" in repository:
        return "-/edit/main"
    return "edit/main" if "github.com" in repository else "_edit/main"
