"""Changes as people make them, good and bad; each is a function of a repository and random numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from PIL import Image

from plugins.model.load import PROJECT_SCHEMAS
from tests.changes.repository import Work

if TYPE_CHECKING:
    from pathlib import Path

Edit = Callable[[Work, Random], None]
EDITS: dict[str, Edit] = {}
HEAD = "---\ntitle: Un titre bien assez long\nsummary: Un résumé qui dit en une phrase ce que la page raconte.\n"
NAMES = ("un-premier", "un-deuxieme", "un-troisieme")


def edit(name: str) -> Callable[[Edit], Edit]:
    def keep(function: Edit) -> Edit:
        EDITS[name] = function
        return function

    return keep


def entries(work: Work, pattern: str = "*/*/*.md") -> list[Path]:
    return sorted((work.folder / "content").glob(pattern))


def any_entry(work: Work, random: Random, pattern: str = "*/*/*.md") -> Path:
    return random.choice(entries(work, pattern))


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(file: Path, pattern: str, by: str, count: int = 1) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(pattern, by, text, count=count, flags=re.MULTILINE), encoding="utf-8")


def address(file: Path, work: Work) -> str:
    folder, _, rest = file.relative_to(work.folder / "content").as_posix().removesuffix(".md").partition("/")
    french = {"articles": "actualites", "events": "agenda", "offers": "annonces", "calls": "appels"}
    return f"/{french.get(folder, folder)}/{rest}/"


@edit("link everything")
def link_everything(work: Work, random: Random) -> None:
    """Texts that lead to pages, anchors, files by name, list pages and feeds, in every spelling."""
    files = entries(work)
    for number, file in enumerate(files):
        to, other = files[(number + 1) % len(files)], files[(number + 7) % len(files)]
        relative = f"../../{to.relative_to(work.folder / 'content').as_posix()}"
        append(
            file,
            f"\n\n## Partie {number}\n\nVoir [ceci]({{filename}}{relative}), [cela]({address(other, work)}),"
            f" [là]({{filename}}{relative}#partie-{(number + 1) % len(files)}), [un club](/clubs/), [une page](/etiquettes/).\n",
        )
        if number % 5 == 0:
            escaped = address(other, work).replace("a", "%61", 1)
            append(file, f"\nEt [ailleurs]({escaped}), et <a href='{address(to, work)}'>encore</a>.\n")
    taken = address(random.choice(files), work)
    redirects = "".join(f"/actualites/2026/{name}/: /clubs/\n" for name in NAMES)
    append(work.folder / "data/redirects.yaml", f"\n/ancienne/adresse/: {taken}\n{redirects}")


@edit("a word more")
def word_more(work: Work, random: Random) -> None:
    append(any_entry(work, random), "\nUn mot de plus.\n")


@edit("a heading less")
def heading_less(work: Work, random: Random) -> None:
    for file in random.sample(entries(work), 8):
        replace(file, r"^## Partie.*\n", "")


@edit("a dead link")
def dead_link(work: Work, random: Random) -> None:
    append(any_entry(work, random), "\nVoir [ceci](/nulle/part/), [là](#nulle-part) et [cela](absent.pdf).\n")


@edit("links to pages that may be there")
def hopeful_links(work: Work, random: Random) -> None:
    target = address(any_entry(work, random), work)
    pages = "".join(f" [page](/actualites/page/{n}/) [et](/agenda/page/{n}/)" for n in range(2, 5))
    append(any_entry(work, random), f"\nVoir [ceci]({target}#partie-3) [cela]({target}#venir){pages}.\n")


@edit("a good entry")
def good_entry(work: Work, random: Random) -> None:
    name = random.choice(NAMES)
    author = min((work.folder / "data/members").glob("*.yaml")).stem
    pillar = re.findall(r"^- id: (\S+)", (work.folder / "data/pillars.yaml").read_text("utf-8"), re.MULTILINE)[0]
    work.write(
        f"content/articles/2026/{name}.md",
        f"{HEAD}date: 2026-01-02\nauthors: [{author}]\npillars: [{pillar}]\ntags: [rare]\nkind: actualite\n---\n\nUn texte.\n",
    )


@edit("an entry full of mistakes")
def bad_entry(work: Work, random: Random) -> None:
    name = random.choice(NAMES)
    work.write(
        f"content/articles/2026/{name}.md", f"{HEAD}date: 2026-02-31\nauthors: [personne]\nautre: 1\n---\n![](x.png)\n"
    )


@edit("an entry that is not YAML")
def broken_entry(work: Work, random: Random) -> None:
    any_entry(work, random).write_text('---\ntitle: "Jamais fermé\n', encoding="utf-8")


@edit("an entry loses its summary")
def summary_less(work: Work, random: Random) -> None:
    replace(any_entry(work, random), r"^summary:.*\n", "")


@edit("an entry is renamed")
def renamed(work: Work, random: Random) -> None:
    file = any_entry(work, random)
    file.rename(file.with_name(f"{file.stem}-bis.md"))


@edit("an entry moves to another year")
def moved(work: Work, random: Random) -> None:
    file = any_entry(work, random)
    target = file.parent.parent / "2031" / file.name
    target.parent.mkdir(exist_ok=True)
    file.rename(target)


@edit("entries are removed")
def removed(work: Work, random: Random) -> None:
    for file in random.sample(entries(work), 3):
        file.unlink()


@edit("the page to which an old address leads is removed")
def redirected_removed(work: Work, random: Random) -> None:
    del random
    text = (work.folder / "data/redirects.yaml").read_text(encoding="utf-8")
    target = re.findall(r"^/ancienne/adresse/: (\S+)", text, re.MULTILINE)[0]
    for file in entries(work):
        if address(file, work) == target:
            file.unlink()


@edit("a whole type is removed")
def type_removed(work: Work, random: Random) -> None:
    del random
    for file in entries(work, "events/*/*.md"):
        file.unlink()


@edit("a page takes the address of a list")
def address_taken(work: Work, random: Random) -> None:
    name = random.choice(["agenda", "clubs", "actualites"])
    work.write(f"content/pages/{name}.md", f"{HEAD}date: 2026-01-02\n---\n\nUn texte.\n")


@edit("a folder takes a name that sections of pages have")
def list_page_taken(work: Work, random: Random) -> None:
    """Two pages with one address, of which neither file changed, but what a list needs did."""
    del random
    work.write("content/pages/etiquettes.md", f"{HEAD}date: 2026-01-02\n---\n\nUn texte.\n")


@edit("a badly named file")
def bad_name(work: Work, random: Random) -> None:
    file = any_entry(work, random)
    file.rename(file.with_name("Été à la mer.md"))


@edit("a picture goes away")
def picture_gone(work: Work, random: Random) -> None:
    pictures = sorted((work.folder / "content").rglob("*.jpg"))
    if pictures:
        random.choice(pictures).unlink()


@edit("a picture is no picture any more")
def picture_broken(work: Work, random: Random) -> None:
    pictures = sorted((work.folder / "content").rglob("*.jpg"))
    if pictures:
        random.choice(pictures).write_bytes(b"rien")


@edit("a picture that nobody uses")
def picture_unused(work: Work, random: Random) -> None:
    Image.new("RGB", (40, 30)).save(any_entry(work, random).with_name("une image.png"))


@edit("an entry does without its picture")
def picture_dropped(work: Work, random: Random) -> None:
    del random
    for file in entries(work):
        replace(file, r"^image:\n(?:  .*\n)+", "")


@edit("a member is removed")
def member_removed(work: Work, random: Random) -> None:
    random.choice(sorted((work.folder / "data/members").glob("*.yaml"))).unlink()


@edit("a member is renamed")
def member_renamed(work: Work, random: Random) -> None:
    file = random.choice(sorted((work.folder / "data/members").glob("*.yaml")))
    file.rename(file.with_name(f"{file.stem}-bis.yaml"))


@edit("a member has a bad field")
def member_bad(work: Work, random: Random) -> None:
    append(random.choice(sorted((work.folder / "data/members").glob("*.yaml"))), "\ncouleur: bleu\n")


@edit("a club has another id")
def club_renamed(work: Work, random: Random) -> None:
    del random
    replace(work.folder / "data/clubs.yaml", r"^- id: (\S+)", r"- id: \1-bis")


@edit("two clubs have one id")
def club_doubled(work: Work, random: Random) -> None:
    del random
    file = work.folder / "data/clubs.yaml"
    ids = re.findall(r"^- id: (\S+)", file.read_text("utf-8"), re.MULTILINE)
    replace(file, rf"^- id: {ids[1]}$", f"- id: {ids[0]}")


@edit("a pillar goes away")
def pillar_renamed(work: Work, random: Random) -> None:
    del random
    replace(work.folder / "data/pillars.yaml", r"^- id: (\S+)", r"- id: \1-bis")


@edit("a territory goes away")
def territory_renamed(work: Work, random: Random) -> None:
    del random
    replace(work.folder / "data/territories.yaml", r"^- id: (\S+)", r"- id: \1-bis", count=3)


@edit("words leave the vocabularies")
def vocabulary_changed(work: Work, random: Random) -> None:
    del random
    replace(work.folder / "data/vocabularies.yaml", r"^  - id: (\S+)", r"  - id: \1-bis", count=0)


@edit("a consultation offers other choices")
def choices_changed(work: Work, random: Random) -> None:
    del random
    for file in entries(work, "consultations/*/*.md"):
        replace(file, r"^    choices:\n(?:      - .*\n)+", "    choices:\n      - Jamais\n      - Toujours\n", count=0)


@edit("a consultation asks other questions")
def questions_renamed(work: Work, random: Random) -> None:
    del random
    for file in entries(work, "consultations/*/*.md"):
        replace(file, r"^  - id: (\S+)\n    text", r"  - id: \1-bis\n    text", count=0)


@edit("redirects of all kinds")
def redirects(work: Work, random: Random) -> None:
    page = address(any_entry(work, random), work)
    append(work.folder / "data/redirects.yaml", f"\n{page}: /clubs/\n/vieux/: /nulle/part/\n/parti/: gone\n")


@edit("an indicator is removed")
def indicator_removed(work: Work, random: Random) -> None:
    del random
    for file in (work.folder / "data/indicators").iterdir():
        file.unlink()


@edit("the settings cannot be read")
def settings_broken(work: Work, random: Random) -> None:
    del random
    append(work.folder / "data/site.yaml", "\n: : :\n")


@edit("a schema of the region has other choices")
def schema_changed(work: Work, random: Random) -> None:
    del random
    schema = (PROJECT_SCHEMAS / "article.yaml").read_text(encoding="utf-8")
    work.write("data/schemas/article.yaml", schema.replace("dossier", "enquete"))


@edit("the places are other ones")
def places_changed(work: Work, random: Random) -> None:
    del random
    replace(work.folder / "data/geo/communes.csv", r"^\d{5},", "99999,", count=4)


@edit("a link to another file")
def symbolic_link(work: Work, random: Random) -> None:
    file = any_entry(work, random)
    file.unlink()
    file.symlink_to("/etc/hostname")
