"""The picture of the page « Avant et après », for the guide of editors.

python -m tests.previewing.guide_picture docs/images/avant-apres.png

The project's own content is copied into a repository, an entry is changed, and a browser opens the preview from the disk.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.__main__ import main as run
from tests.browser.chromium import launched
from tests.browser.screenshots import packed
from tests.changes.repository import Work
from tests.site.building import PROJECT, TODAY

ENTRY = "content/articles/2026/demo-entretien-repair-cafe.md"


def main() -> None:
    """Take it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args().file
    with tempfile.TemporaryDirectory() as folder:
        work, out = Work.begin(Path(folder) / "depot"), Path(folder) / "apercu"
        for name in ("content", "data"):
            shutil.copytree(PROJECT / name, work.folder / name)
        work.commit()
        entry = work.folder / ENTRY
        text = entry.read_text(encoding="utf-8").replace(
            "On vient pour la bouilloire", "On vient pour le grille-pain", 1
        )
        entry.write_text(text, encoding="utf-8")
        words = ["previews", "main", "--root", str(work.folder), "--output", str(out), "--today", TODAY]
        run([*words, "--title", "Proposition 12"])
        with sync_playwright() as playwright:
            browser = launched(playwright.chromium)
            page = browser.new_page(viewport={"width": 1280, "height": 1040}, locale="fr-FR")
            page.goto((out / "index.html").as_uri())
            page.locator("iframe").last.scroll_into_view_if_needed()
            page.wait_for_load_state("networkidle")
            page.evaluate("scrollTo(0, document.querySelector('h1').getBoundingClientRect().top + scrollY - 60)")
            file.write_bytes(packed(page.screenshot()))
            browser.close()


if __name__ == "__main__":
    main()
