"""What the words of the data are called: labels of enumerations (from the schemas) and of vocabulary terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.markup import typography

if TYPE_CHECKING:
    from plugins.model.objects import Entry, Member, Territory
    from plugins.publication.context import Context

# The fields that say what sort of its type an entry is, in the order in which they are asked.
KIND_FIELDS = ("kind", "stage", "level")


def enum_label(ctx: Context, schema: str, field: str, value: object) -> str:
    """The French label of a value of an enumeration; the value itself where the schema gives none."""
    found = ctx.site.schemas.flattened(schema).by_dotted.get(field)
    return typography(found.labels.get(str(value), str(value))) if found else str(value)


def kind_label(ctx: Context, entry: Entry) -> str:
    """What sort of its type an entry is, in a word or two; empty where its type has no sorts."""
    for field in KIND_FIELDS:
        if entry.fields.get(field):
            return enum_label(ctx, entry.type.name, field, entry.fields[field])
    return ""


def member_kind(ctx: Context, member: Member) -> str:
    """What kind of member, in words; empty where the member does not show it."""
    return enum_label(ctx, "member", "kind", member.kind) if member.kind else ""


def territory_kind(ctx: Context, territory: Territory) -> str:
    """What kind of territory, in words."""
    return enum_label(ctx, "territory", "kind", territory.kind)


def term_label(ctx: Context, vocabulary: str, term: str) -> str:
    """What a term of a vocabulary is called; the id itself where the vocabulary has no such term."""
    found = ctx.site.vocabularies.get(vocabulary, {}).get(term)
    return typography(found.label) if found else term


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
