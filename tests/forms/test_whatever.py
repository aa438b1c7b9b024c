"""Whatever is posted, the files that would be written pass the check, or there is a fault and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.forms.posted import Posted
from tests.forms.small_root import CONSULTATION_ID, EVENT_ID, VALID, Region
from tests.forms.test_editing import shown
from tests.markup.hostile import CORPUS

if TYPE_CHECKING:
    from plugins.forms.pairs import Pair
    from plugins.forms.proposal import Proposal

NASTY = (
    *CORPUS,
    *(
        "---",
        "...",
        "--- x",
        "a: b",
        "# x",
        "&a x",
        "*a",
        "!!python/object/apply:os.system ['x']",
        "{{ x }}",
        "{% raw %}",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\u202eevil",
        "\u2066x",
        "\ufeff",
        "\ud800",
        "\x85",
        "a\u2028b",
        "e\u0301",
        "x" * 400,
        "\n\n\n",
    ),
    *(
        "../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "con",
        "index.html",
        "-rf",
        ".git/hooks/post-checkout",
        "content/x.md",
    ),
    *("[x](/agenda/2026/pret-d-outils/#rien)", "[x](/agenda/2026/pret-d-outils/)", "[x]({filename}/data/site.yaml)"),
    *(
        "![x](photo.jpg)",
        "[x](photo.jpg)",
        "[TOC]",
        "# Titre",
        "#### Titre",
        "> " * 300,
        "* " * 300,
        "[" * 300,
        "| a |\n|---|\n" * 9,
    ),
    *(
        "!!",
        "日本",
        "’",
        "œuvre",
        "tabou",
        "outils",
        "Vieux titre",
        "Prêt d'outils sur la place",
        "page",
        "1",
        "oui",
        "98001",
    ),
    *(
        "ines-falaise",
        "Inès Falaise",
        "Val-Clair",
        "Port-Brume",
        "partager",
        EVENT_ID,
        CONSULTATION_ID,
        "on",
        "true",
        "null",
    ),
    *(
        "2026-02-30",
        "2026-03-29T02:30",
        "1899-12-31",
        "9999-12-31T23:59",
        "0000-00-00",
        "14/03/2026 18h30",
        "1e400",
        "-0",
        "12,5",
    ),
    *(
        "FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "America/Martinique",
        "https://example.org/a b",
        "http://x.fr",
        "https://@x",
    ),
)
TEXTS = (
    st.sampled_from(NASTY)
    | st.text(max_size=30)
    | st.lists(st.sampled_from(NASTY), min_size=2, max_size=3).map(" ".join)
)
LONG = TEXTS.map(lambda text: f"{text} puis une phrase assez longue pour faire un résumé qui passe.")


@st.composite
def posts(draw: st.DrawFn, region: Region) -> tuple[str, list[Pair]]:
    """A valid post, or the form of an entry, in which some inputs hold something else."""
    type_name = draw(st.sampled_from(sorted(VALID)))
    pairs = list(VALID[type_name])
    if draw(st.booleans()):
        entry = draw(st.sampled_from([entry for entry in region.site.entries.values() if entry.type.form]))
        type_name, pairs = entry.type.name, shown(region, entry.id)
        if draw(st.integers(0, 4)) == 0:
            pairs.append(("action", "remove"))
    flat = region.site.schemas.flattened(type_name)
    dotted = [".".join("0" if step == "*" else step for step in field.path) for field in flat.every_field()]
    names = [
        *dotted,
        *dotted,
        "title",
        "name",
        "tags",
        "body",
        "contact.name",
        "member.kind",
        "member.commune",
        "target",
        "seen",
    ]
    names += [
        "answers.avis",
        "answers.lieux",
        "answers.ordre.0",
        "answers.ordre.1",
        "results.1.measure",
        "image.remove",
    ]
    changes = draw(st.dictionaries(st.sampled_from(names), TEXTS | LONG, max_size=4))
    if draw(st.booleans()):
        changes["body"] = draw(TEXTS)
    return type_name, [*(pair for pair in pairs if pair[0] not in changes), *changes.items()]


def sound(proposal: Proposal) -> bool:
    return not proposal.faults and not proposal.left_behind


@pytest.mark.slow
def test_whatever_is_posted(region: Region) -> None:
    accepted: list[str] = []

    @settings(max_examples=600, deadline=None, derandomize=True, database=None)
    @given(posts(region))
    def run(post: tuple[str, list[Pair]]) -> None:
        type_name, pairs = post
        posted, faults = region.read(type_name, *pairs)
        assert Posted.from_json(posted.to_json()) == posted
        proposal = region.proposer.propose(posted, {}, today=region.site.today, source=region.source)
        assert all(fault.message.strip() for fault in (*faults, *proposal.faults))
        for path in proposal.files:
            is_said_gone = path == "data/redirects.yaml" and posted.action == "remove"
            assert path.startswith(("content/", "data/members/")) or is_said_gone
            assert ".." not in path
            assert path.isascii()
        if not faults and sound(proposal):
            accepted.append(type_name)
            assert region.problems_with(proposal) == []

    run()
    assert len(accepted) > 100  # the test has seen enough of what it is about
    assert len(set(accepted)) >= len(VALID) - 1
