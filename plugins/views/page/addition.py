"""What a reader may propose, type by type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.markup import typography
from plugins.model.addresses import form_address

if TYPE_CHECKING:
    from plugins.model.schema.schemas import ContentType
    from plugins.publication.context import Context
    from plugins.views.page.frame import Link


def proposals(ctx: Context) -> list[Link]:
    """The forms of all types that have one, in the order of types."""
    found = [proposal(ctx, kind) for kind in ctx.site.schemas.content_types]
    return [one for one in found if one]


def proposal(ctx: Context, kind: ContentType) -> Link | None:
    """How to propose an entry of a type; None where it has no form or forms are switched off."""
    href = ctx.href(form_address(kind.form)) if kind.form else ""
    return {"name": typography(kind.new), "href": href} if href else None
