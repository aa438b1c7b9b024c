"""The theme's scripts are published under names that change with them, and still find each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.publication.assets import asset_documents, assets, hashed
from plugins.publication.scripts import lean, published_scripts

STATIC = Path(__file__).parents[2] / "theme" / "static"


def test_imports_name_the_published_file() -> None:
    files = {
        "js/a.js": b'import { x } from "./b.js";\nconst later = () => import("./vendor/c.js");\n',
        "js/b.js": b"export const x = 1;\n",
        "js/vendor/c.js": b'// licence\nimport { x } from "../b.js";\n',
        "feed.css": b"a{}",
    }
    done = published_scripts(files, hashed)
    name = hashed("js/b.js", done["js/b.js"]).removeprefix("js/")
    third = hashed("js/vendor/c.js", done["js/vendor/c.js"]).removeprefix("js/")
    assert done["js/a.js"].decode() == f'import {{ x }} from "./{name}";\nconst later = () => import("./{third}");\n'
    assert done["js/vendor/c.js"].decode() == f'// licence\nimport {{ x }} from "../{name}";\n'
    assert "feed.css" not in done


def test_a_change_below_changes_every_name_above() -> None:
    files = {"js/a.js": b'import "./b.js";\n', "js/b.js": b"1;\n"}
    before = published_scripts(files, hashed)["js/a.js"]
    assert published_scripts({**files, "js/b.js": b"2;\n"}, hashed)["js/a.js"] != before


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"js/a.js": b'import "./gone.js";'}, "js/gone.js is imported but missing"),
        ({"js/a.js": b'import "./b.js";', "js/b.js": b'import "./a.js";'}, "imports itself"),
    ],
)
def test_a_script_that_cannot_work_is_refused(files: dict[str, bytes], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        published_scripts(files, hashed)


def test_comments_and_indentation_are_left_out_and_nothing_else() -> None:
    script = '/** What it does.\n *  More. */\nfunction f() {\n  // why\n  return "http://x"; // stays\n}\n'
    assert lean(script) == 'function f() {\nreturn "http://x"; // stays\n}\n'


def test_every_import_of_the_theme_leads_to_a_published_file() -> None:
    documents = {
        document.path: document.content.decode("utf-8")
        for document in asset_documents(STATIC)
        if document.path.endswith(".js")
    }
    for path, text in documents.items():
        for specifier in re.findall(r'(?:from|import)\s*\(?\s*"(\.[^"]+)"', text):
            assert (Path(path).parent / specifier).as_posix() in documents or "../" in specifier, (path, specifier)
    assert any(name.startswith("js/") for name in assets(STATIC))
