"""Pictures of a site, to be looked at as a designer would: ten kinds of page at three widths, light and dark.

python -m tests.browser.screenshots DIRECTORY                     of the project's own site, built on a fixed day
python -m tests.browser.screenshots DIRECTORY --site SITE         of one that is built already
python -m tests.browser.screenshots DIRECTORY --kinds call tag    of other kinds (tests/browser/kinds.py)
python -m tests.browser.screenshots docs/images --gallery         the few that the documentation shows
"""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PIL import Image

from tests.browser.chromium import opened
from tests.browser.kinds import PATTERNS, address
from tests.search.hosting import hosted
from tests.site.building import PROJECT, TODAY, build

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

KINDS: Final = (
    "home", "article", "initiative", "event", "agenda", "month", "map", "search", "directory", "observatory",
)  # fmt: skip
MONTH: Final = "2026-12"  # one in which something takes place
WIDTHS: Final = {360: 740, 768: 1024, 1440: 900}  # of the window, each with its height
SCHEMES: Final = ("light", "dark")
ASKED: Final = {"search": "?q=compost"}  # what makes a page show what it is for
# What is fixed to the foot of the window would lie across the middle of a picture that is longer: it goes to the page's end.
UNFIXED: Final = """() => {
  for (const element of document.querySelectorAll('*')) {
    if (getComputedStyle(element).position !== 'fixed') continue;
    element.style.position = 'static';
    document.body.append(element);
  }
}"""
COLOURS: Final = 256  # of a picture in the documentation: flat colours need no more


class Shot(NamedTuple):
    """One picture: a page, the window it is seen in, and whether all of it or only what the window shows is taken."""

    name: str
    path: str
    width: int
    scheme: str
    whole: bool = True


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--site", type=Path, help="a built site; the project's own is built without it")
    parser.add_argument("--kinds", nargs="+", choices=PATTERNS, default=KINDS, metavar="KIND")
    parser.add_argument("--gallery", action="store_true")
    args = parser.parse_args()
    args.directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = args.site or build(PROJECT, Path(folder) / "site")
        shots = gallery(site) if args.gallery else every(site, args.kinds)
        with opened() as browser, hosted(site) as host:
            for shot in shots:
                file = args.directory / f"{shot.name}.png"
                file.write_bytes(taken(browser, host.address, shot, few_colours=args.gallery))
                print(file)


def every(site: Path, kinds: Iterable[str]) -> list[Shot]:
    """The first page of each kind at each width in each scheme, whole."""
    return [
        Shot(f"{kind}-{width}-{scheme}".replace(" ", "-"), _path(site, kind), width, scheme)
        for kind in kinds
        for width in WIDTHS
        for scheme in SCHEMES
    ]


def gallery(site: Path) -> list[Shot]:
    """What the documentation shows, by the names of its files."""
    return [
        Shot("accueil", "/", 1440, "light", whole=False),
        Shot("agenda", f"/agenda/mois/{MONTH}/", 1440, "light", whole=False),
        Shot("carte", "/carte/", 1440, "light", whole=False),
        Shot("initiative", "/initiatives/2026/bayeux-intercom-cantines-antigaspi/", 1440, "light", whole=False),
        Shot("recherche", _path(site, "search"), 1440, "light", whole=False),
        Shot("accueil-sombre", "/", 1440, "dark", whole=False),
        Shot("agenda-telephone", "/agenda/", 360, "light", whole=False),
    ]


def _path(site: Path, kind: str) -> str:
    return address(site, kind) + ASKED.get(kind, "")


def taken(browser: Browser, host: str, shot: Shot, *, few_colours: bool = False) -> bytes:
    """The picture as a PNG file, on the day on which the tests build."""
    viewport: Any = {"width": shot.width, "height": WIDTHS[shot.width]}
    scheme: Any = shot.scheme
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce", locale="fr-FR")
    page = context.new_page()
    page.clock.set_fixed_time(f"{TODAY}T09:00:00+01:00")
    page.goto(host + shot.path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    if shot.whole:
        page.evaluate(UNFIXED)
    page.wait_for_timeout(500)  # the map comes to rest
    picture = page.screenshot(full_page=shot.whole)
    context.close()
    return packed(picture) if few_colours else picture


def packed(picture: bytes) -> bytes:
    """The same picture with a palette of its own, which spares the colours of small things: a third of the size."""
    with Image.open(io.BytesIO(picture)) as image:
        packed = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    packed.save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    main()
