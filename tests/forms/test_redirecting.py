"""Old addresses lead straight to where pages are now, whatever moves come after one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.forms.redirecting import followed, merged
from plugins.model.yaml.reader import read_yaml

ADDRESSES = [f"/p{number}/" for number in range(6)]
GONE = "gone"


def nowhere(_: str) -> bool:
    return False


def test_a_move_is_a_line_and_chains_are_collapsed() -> None:
    assert followed({}, {"/a/": "/b/"}, {"/b/"}.__contains__) == {"/a/": "/b/"}
    assert followed({"/a/": "/b/"}, {"/b/": "/c/"}, {"/c/"}.__contains__) == {"/a/": "/c/", "/b/": "/c/"}
    assert followed({"/a/": "/b/#ici"}, {"/b/": "/c/"}, {"/c/"}.__contains__) == {"/a/": "/c/#ici", "/b/": "/c/"}
    assert followed({"/a/": "/b/"}, {"/b/": GONE}, nowhere) == {"/a/": GONE, "/b/": GONE}


def test_a_page_that_moved_twice_since_the_same_day_is_found() -> None:
    """The file is written after the first move, and again, from the same day, after the second."""
    assert followed({"/a/": "/b/"}, {"/a/": "/c/"}, {"/c/"}.__contains__) == {"/a/": "/c/"}
    assert followed({"/a/": "/b/"}, {"/a/": GONE}, nowhere) == {"/a/": GONE}


def test_no_line_begins_where_a_page_stands() -> None:
    assert followed({"/a/": "/b/"}, {"/b/": "/a/"}, {"/a/"}.__contains__) == {"/b/": "/a/"}


def test_what_somebody_wrote_wins() -> None:
    assert followed({"/b/": "https://example.org/"}, {"/b/": GONE}, nowhere) == {"/b/": "https://example.org/"}


def test_a_circle_leads_nowhere() -> None:
    assert followed({"/a/": "/b/"}, {"/b/": "/a/"}, nowhere) == {"/a/": GONE, "/b/": GONE}


@given(
    st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from([*ADDRESSES, GONE, "/p1/#x", "https://example.org/"])),
    st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from([*ADDRESSES, GONE])),
    st.sets(st.sampled_from(ADDRESSES)),
)
def test_twice_is_once_and_every_line_ends(
    redirects: dict[str, str], moves: dict[str, str], standing: set[str]
) -> None:
    once = followed(redirects, moves, standing.__contains__)
    assert followed(once, moves, standing.__contains__) == once
    assert not once.keys() & standing
    assert once.keys() == (redirects.keys() | moves.keys()) - standing
    assert all(new.partition("#")[0] not in once for new in once.values())


@given(st.lists(st.tuples(st.sampled_from(ADDRESSES), st.sampled_from([*ADDRESSES, GONE])), max_size=12))
def test_whatever_is_renamed_one_after_the_other_old_addresses_lead_to_the_page(steps: list[tuple[str, str]]) -> None:
    """Pages move about, as in a repository: each old address that nobody stands on leads to where its last page is now."""
    standing = {address: number for number, address in enumerate(ADDRESSES)}
    last = dict(standing)
    lines: dict[str, str] = {}
    for old, new in steps:
        if old not in standing or new in standing:
            continue
        page = standing.pop(old)
        if new != GONE:
            standing[new] = last[new] = page
        lines = followed(lines, {old: new}, standing.__contains__)
    where = {page: address for address, page in standing.items()}
    assert lines == {old: where.get(page, GONE) for old, page in last.items() if old not in standing}


TEXT = st.text("abc-é", min_size=1, max_size=5)


@given(st.dictionaries(TEXT.map("/{}/".format), TEXT.map("/{}/".format), max_size=6), st.data())
def test_the_file_keeps_its_comments_and_order(before: dict[str, str], data: st.DataObject) -> None:
    content = "# Anciennes adresses\n" + "".join(f"{old}: {new}  # pourquoi\n" for old, new in before.items())
    more = data.draw(st.dictionaries(TEXT.map("/{}/".format), TEXT.map("/{}/".format), max_size=4))
    after = {**before, **{old: new for old, new in more.items() if old not in before}}
    written = merged(content.encode(), before, after).decode()
    assert read_yaml(written).data == (after or None)
    assert written.startswith("# Anciennes adresses\n")
    assert [line for line in written.splitlines() if line.endswith("# pourquoi")] == content.splitlines()[1:]
