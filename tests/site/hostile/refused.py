"""Files that must be refused, each for its reason, without hiding what is wrong with the others."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE: Final = """title: Une histoire de lavoir
summary: Une histoire assez longue pour être un résumé, et que personne ne lira jamais jusqu’au bout.
date: 2026-03-01
authors: [ines-falaise]
pillars: [partager]
kind: actualite
"""
EVENT: Final = ARTICLE.replace("kind: actualite\n", "start: 2026-12-05T09:30\nplace: {commune: '98001'}\n")
PAGE: Final = "".join(ARTICLE.splitlines(keepends=True)[:3])


class Refused(NamedTuple):
    """``code`` is that of an error which must be told of ``path``."""

    path: str
    code: str
    content: bytes


def article(name: str, code: str, *, more: str = "", body: str = "Voilà.", head: str = ARTICLE) -> Refused:
    return Refused(f"content/articles/2026/{name}.md", code, f"---\n{head}{more}---\n{body}\n".encode())


def event(name: str, code: str, more: str) -> Refused:
    return Refused(f"content/events/2026/{name}.md", code, f"---\n{EVENT}{more}---\nVoilà.\n".encode())


def page(name: str, code: str = "address-taken") -> Refused:
    return Refused(f"content/pages/{name}.md", code, f"---\n{PAGE}---\nVoilà.\n".encode())


def with_title(name: str, code: str, title: str) -> Refused:
    return article(name, code, head=ARTICLE.replace("Une histoire de lavoir", title, 1))


def with_summary(name: str, code: str, summary: str) -> Refused:
    return article(name, code, head=ARTICLE.replace("summary: Une", f"summary: {summary}", 1))


CLOSED_KEYS: Final = (
    "save_as: index.html", "url: https://evil.example/", "template: base", "slug: agenda", "status: published", "override_url: /",
    "override_save_as: index.html", "translation: true", "category: x", "Slug: x", "__class__: x", "layout: x", "redirect: /",
)  # fmt: skip
TRAVERSALS: Final = (
    "../../../data/site.yaml", "/etc/passwd", "..\\\\..\\\\x.png", "a/../../x.png", ".htaccess", "..", "x.png/", "C:x.png",
    "file:///etc/passwd", "%2e%2e/x.png", "con.png",
)  # fmt: skip
LINKS: Final = {
    "javascript": ("[x](javascript:alert(1))", "forbidden-link"),
    "javascript-hidden": ("[x](JaVa&#115;cript:alert(1))", "forbidden-link"),
    "data-html": ("[x](data:text/html;base64,PHNjcmlwdD4=)", "forbidden-link"),
    "vbscript": ("[x](vbscript:x)", "forbidden-link"),
    "file-scheme": ("[x](file:///etc/passwd)", "forbidden-link"),
    "up-and-out": ("[x](../../../data/site.yaml)", "file-missing"),
    "filename-out": ("[x]({filename}../../../../etc/passwd)", "dead-link"),
    "filename-data": ("[x]({filename}/../data/members/ines-falaise.yaml)", "dead-link"),
    "static-out": ("[x]({static}/../../etc/passwd)", "forbidden-link"),
    "picture-out": ("![une vue](../../../x.png)", "file-missing"),
    "picture-elsewhere": ("![une vue](https://evil.example/pixel.png)", "file-missing"),
    "picture-script": ("![une vue](javascript:alert(1))", "file-missing"),
}


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unfolds to ``width`` × ``height`` pixels of one bit."""
    row = b"\0" + bytes((width + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row * 64) for _ in range(height // 64)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    out = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    out.seek(0, io.SEEK_END)
    for kind, data in chunks:
        out.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
    return out.getvalue()


def _closed() -> list[Refused]:
    return [article(f"cle-{number}", "unknown-key", more=f"{key}\n") for number, key in enumerate(CLOSED_KEYS)] + [
        event("etat", "not-in-list", "status: hidden\n"),
        event("lieu", "unknown-key", "venue: x\n"),
    ]


def _paths() -> list[Refused]:
    images = [
        article(f"chemin-{number}", "bad-format", more=f'image: {{file: "{name}", alt: Une vue}}\n')
        for number, name in enumerate(TRAVERSALS)
    ]
    links = [article(name, code, body=text) for name, (text, code) in LINKS.items()]
    return [*images, *links]


def _taken() -> list[Refused]:
    return [
        page(name) for name in ("agenda", "membres", "carte", "recherche", "contribuer", "etiquettes", "observatoire")
    ]


def _yaml() -> list[Refused]:
    laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    return [
        article("rires", "yaml-anchor", more=laughs),
        article("objet", "yaml-tag", more="kind2: !!python/object/apply:os.system [touch /tmp/evil]\n"),
        article("deux-fois", "yaml-duplicate-key", more="title: Autre\n"),
        article("fusion", "yaml-merge-key", more="<<: {title: x}\n"),
        article("profond", "yaml-too-deep", more="tags: " + "[" * 5_000 + "]" * 5_000 + "\n"),
        article("nombreux", "yaml-too-many", more="tags: [" + "a, " * 200_000 + "a]\n"),
        article("immense", "file-too-large", body="x" * 1_100_000),
        article("fond", "text-too-deep", body=">" * 20_000 + " x"),
        article("tres-long", "too-long", more=f"tags: ['{'a' * 500_000}']\n"),
        Refused("data/members/cles.yaml", "yaml-too-many", b"".join(b"k%d: x\n" % n for n in range(80_000))),
    ]


def _characters() -> list[Refused]:
    return [
        article("octet-nul", "control-character", body="a\0b"),
        article("echappement", "control-character", body="a\x1b[2Jb"),
        with_title("nul-echappe", "control-character", '"Un titre \\0 piégé"'),
        with_title("cloche", "control-character", '"Un titre \\a piégé"'),
        with_title("deux-lignes", "not-allowed", '"Un titre \\r\\nSet-Cookie: x"'),
        article("texte-a-rebours", "control-character", body="Ouvrez \u202efdp.exe"),
        with_title("a-rebours", "control-character", '"Un titre \\u202Egnp.exe"'),
        with_title("isole", "control-character", '"Un titre \\u2067 piégé"'),
        with_summary(
            "resume-nul", "control-character", '"\\0 Une histoire assez longue pour être un résumé, vraiment." #'
        ),
        with_summary(
            "resume-cloche", "control-character", '"\\e Une histoire assez longue pour être un résumé, vraiment." #'
        ),
        with_summary(
            "resume-rebours", "control-character", '"\\u202E Une histoire assez longue pour être un résumé." #'
        ),
        Refused("content/articles/2026/utf16.md", "not-utf8", f"---\n{ARTICLE}---\n".encode("utf-16")),
    ]


def _names() -> list[Refused]:
    whole = f"---\n{ARTICLE}---\nVoilà.\n".encode()
    names = ("<script>", "a b", "Majuscule", "é", "-tiret", "a..b", "index.html", "x\ny", "%2e%2e", "a'onclick")
    files = [Refused(f"content/articles/2026/{name}.md", "bad-file-name", whole) for name in names]
    return [
        *files,
        Refused("content/articles/2026/profond/x.md", "misplaced-file", whole),
        Refused("content/theme/2026/x.md", "misplaced-file", whole),
        Refused("content/index.md", "misplaced-file", whole),
        Refused("data/members/<img>.yaml", "bad-file-name", b"name: x\nkind: citoyen\n"),
        Refused("data/members/sous/x.yaml", "misplaced-file", b"name: x\nkind: citoyen\n"),
    ]


def _pictures() -> list[Refused]:
    def shown(name: str, code: str, file: str) -> Refused:
        return article(name, code, more=f"image: {{file: {file}, alt: Une vue}}\n")

    return [
        shown("dessin", "file-refused", "piege.svg"),
        shown("page", "file-refused", "piege.html"),
        shown("faux", "picture-format", "faux.png"),
        shown("bombe", "picture-too-large", "bombe.png"),
        shown("tronque", "picture-format", "tronque.png"),
        shown("autre", "picture-format", "autre.jpg"),
    ]


REFUSED: Final = (*_closed(), *_paths(), *_taken(), *_yaml(), *_characters(), *_names(), *_pictures())
BESIDE: Final = {
    "piege.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "piege.html": b"<script>alert(1)</script>",
    "faux.png": b"<script>alert(1)</script>",
    "bombe.png": bomb(60_032, 60_032),
    "tronque.png": bomb(64, 64)[:50],
    "autre.jpg": bomb(64, 64),
}
LINKED: Final = ("content/articles/2026/lien.md", "content/pages/secret.md", "data/members/lien.yaml")


def write_refused(root: Path, secret: Path) -> None:
    """Add all of them to a root, and symbolic links to ``secret``."""
    for path, _, content in REFUSED:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for name, content in BESIDE.items():
        (root / "content/articles/2026" / name).write_bytes(content)
    for path in LINKED:
        (root / path).symlink_to(secret)
    (root / "content/events/2026/dehors").symlink_to(secret.parent, target_is_directory=True)


# ---- data files: each takes the place of one of the small root, so they are tried apart from the entries -------------
PACKAGE: Final = (
    b'{"title": "Tri", "unit": "kg", "method": "x", "licence": "etalab-2.0", "source": {"title": "x"}, '
    b'"resources": [{"name": "s", "path": "%s"}]}'
)
SITE: Final = """name: Boucles
region: Outre-Brume
url: https://boucles.example
save_as: index.html
tagline: "\\u202Ea"
intake: "https://evil.example;script-src"
contact: {url: "javascript:alert(1)"}
social: [{name: x, url: "data:text/html,x"}]
colours: {accent: "red;}body{display:none"}
map: {tiles: "https://tuiles.example;sandbox/{z}/{x}/{y}.png", attribution: x}
features: {"</script>": true}
"""
CLUBS: Final = b"""\
- {id: "../x", name: X, pillars: [partager], description: x}
- {id: outilleurs, name: X, pillars: [partager], description: x, url: "javascript:alert(1)", template: x}
"""
REDIRECTS: Final = """"/a b/": /agenda/
"/c/\\nX-Evil: y/": /agenda/
"/<script>/": /agenda/
/d/: javascript:alert(1)
/e/: //evil.example/
/f/: "/agenda/ 200"
/g/: /agenda/?x=<script>
/agenda/: /clubs/
"""
DATA: Final[tuple[tuple[str, bytes, tuple[tuple[str, str], ...]], ...]] = (
    (
        "data/site.yaml",
        SITE.encode(),
        (
            ("save_as", "unknown-key"),
            ("", "control-character"),
            ("intake", "bad-address"),
            ("contact.url", "bad-address"),
            ("social.0.url", "bad-address"),
            ("colours.accent", "bad-format"),
            ("map.tiles", "not-allowed"),
        ),
    ),
    (
        "data/redirects.yaml",
        REDIRECTS.encode(),
        (
            ("/a b/", "bad-key"),
            ("/<script>/", "bad-key"),
            ("/d/", "not-allowed"),
            ("/e/", "not-allowed"),
            ("/f/", "not-allowed"),
            ("/g/", "not-allowed"),
        ),
    ),
    (
        "data/clubs.yaml",
        CLUBS,
        (("0.id", "bad-format"), ("1.url", "bad-address"), ("1.template", "unknown-key")),
    ),
    ("data/territories.yaml", b"- {id: flux.xml, name: X, kind: projet}\n", (("0.id", "bad-format"),)),
    ("data/indicators/profond.datapackage.json", b"[" * 100_000, (("", "bad-data-file"),)),
    ("data/indicators/loin.datapackage.json", PACKAGE % b"../site.yaml", (("resources.0.path", "bad-format"),)),
    ("data/indicators/loin.csv", b"year,territory,value\n2024,,=1+1\n", (("", "bad-data-file"),)),
    ("data/indicators/nan.datapackage.json", PACKAGE % b"nan.csv", ()),
    ("data/indicators/nan.csv", b"year,territory,value\n2024,,nan\n", (("", "bad-data-file"),)),
    ("data/geo/epci.geojson", b"[" * 100_000, (("", "bad-data-file"),)),
)
LINKED_DATA: Final = ("data/platforms.yaml", "data/vocabularies.yaml", "data/indicators/lien.csv")


def write_refused_data(root: Path, secret: Path) -> None:
    """Put hostile data files in the place of those of a root, and symbolic links to ``secret``."""
    (root / "data/indicators").mkdir(exist_ok=True)
    for path, content, _ in DATA:
        (root / path).write_bytes(content)
    (root / "data/indicators/lien.datapackage.json").write_bytes(PACKAGE % b"lien.csv")
    for path in LINKED_DATA:
        (root / path).symlink_to(secret)
