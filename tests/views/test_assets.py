"""Names of the theme's files change with their content, and with nothing else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from plugins.publication.assets import asset_documents, assets, minified

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def static(tmp_path: Path) -> Path:
    files = {
        "css/20-b.css": "/* two */ b { color: red; }\n",
        "css/10-a.css": "@font-face { src: url(asset:fonts/x.woff2); }\n",
        "fonts/x.woff2": "font",
        "fonts/README.md": "not published",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_name_holds_ten_digits_of_the_contents_hash(static: Path) -> None:
    digest = hashlib.sha256(b"font").hexdigest()[:10]
    assert assets(static)["fonts/x.woff2"] == f"fonts/x.{digest}.woff2"


def test_style_sheets_become_one_in_the_order_of_their_names_and_find_their_files(static: Path) -> None:
    published = {document.path: document.content.decode() for document in asset_documents(static)}
    font = assets(static)["fonts/x.woff2"]
    assert published[f"theme/{assets(static)['style.css']}"] == f'@font-face{{src: url("{font}")}}b{{color: red}}'
    assert not [path for path in published if "README" in path or "css/" in path]


def test_a_changed_font_changes_the_style_sheets_name_too(static: Path) -> None:
    before = assets(static)
    (static / "fonts/x.woff2").write_text("another", encoding="utf-8")
    after = assets(static)
    assert before["style.css"] != after["style.css"]
    assert before["fonts/x.woff2"] != after["fonts/x.woff2"]


def test_the_same_files_elsewhere_have_the_same_names(static: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_file():
            (other / path.relative_to(static)).parent.mkdir(exist_ok=True)
            (other / path.relative_to(static)).write_bytes(path.read_bytes())
    assert assets(other) == assets(static)


def test_a_missing_file_in_a_style_sheet_is_an_error(static: Path) -> None:
    (static / "css/30-c.css").write_text("i { background: url(asset:nothing.svg) }", encoding="utf-8")
    with pytest.raises(KeyError):
        assets(static)


def test_a_style_sheet_loses_only_what_people_need() -> None:
    assert minified("a  >  b {\n  margin: 0 auto; /* x */\n  color: red;\n}\n") == "a>b{margin: 0 auto;color: red}"
    assert minified("p { margin: -1px 0 calc(1rem + 2px); }") == "p{margin: -1px 0 calc(1rem + 2px)}"
