"""Pictures and documents that an entry names: they lie beside it, and are what their names say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.markup.pictures import PictureFault, PictureInfo, inspect_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft
    from plugins.model.yaml.positions import Path

PICTURES = ("jpg", "jpeg", "png", "webp")
DOCUMENTS = (
    *PICTURES,
    "pdf",
    "csv",
    "ods",
    "odt",
    "odp",
    "xlsx",
    "docx",
    "pptx",
    "txt",
    "json",
    "geojson",
    "zip",
    "ics",
)


def picture(draft: Draft) -> Iterator[Problem]:
    """The picture of the front matter."""
    name = draft.text("image", "file")
    if name:
        for code, values in _picture_faults(draft, name):
            yield draft.say(code, ("image", "file"), value=name, **values)


def pictures_in_text(draft: Draft) -> Iterator[Problem]:
    """The pictures of the body, and that each is described (RGAA 4.1, criterion 1.1)."""
    for image in draft.body.images if draft.body else ():
        if not image.alt.strip():
            yield draft.say_in_text("image-alt-missing", image.line, value=image.target)
        for code, values in _picture_faults(draft, image.target):
            yield draft.say_in_text(code, image.line, value=image.target, **{"label": "Image du texte", **values})


def named_files(draft: Draft) -> Iterator[Problem]:
    """Documents of fields (``file``, ``documents``) and files that the text links to."""
    for path, name in _file_fields(draft.data, ()):
        if path[:1] != ("image",):
            for code, values in _document_faults(draft, name):
                yield draft.say(code, path, value=name, **values)
    images = {image.target for image in draft.body.images} if draft.body else set()
    for link in draft.body.links if draft.body else ():
        if link.kind == "file" and link.target not in images:
            for code, values in _document_faults(draft, link.target.partition("#")[0]):
                shown: dict[str, Any] = {"label": "Lien du texte", "value": link.target, **values}
                yield draft.say_in_text(code, link.line, column=link.column or 1, **shown)


def used_files(draft: Draft) -> list[str]:
    """The files beside the entry that it uses and that exist, relative to the root, in order of name."""
    names = {name for _, name in _file_fields(draft.data, ())}
    if draft.body:
        names |= {link.target.partition("#")[0] for link in draft.body.links if link.kind == "file"}
    return [f"{draft.folder}/{name}" for name in sorted(names) if _is_beside(draft, name)]


def picture_size(draft: Draft) -> tuple[int, int] | None:
    """Width and height in pixels of the picture of the front matter, or None without a sound one."""
    name = draft.text("image", "file")
    if not name or not _is_beside(draft, name):
        return None
    found = _inspected(draft, name)
    return None if isinstance(found, PictureFault) else (found.width, found.height)


def _is_beside(draft: Draft, name: str) -> bool:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return False
    return draft.files.size(f"{draft.folder}/{name}") is not None


def _inspected(draft: Draft, name: str) -> PictureInfo | PictureFault:
    path = f"{draft.folder}/{name}"
    with draft.files.open(path) as file:
        return inspect_file(name, draft.files.size(path) or 0, file)


def _picture_faults(draft: Draft, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if not _is_beside(draft, name):
        yield "file-missing", {}
        return
    if name.rpartition(".")[2].lower() not in PICTURES:
        yield "file-refused", {"choices": ", ".join(PICTURES)}
        return
    found = _inspected(draft, name)
    if isinstance(found, PictureFault):
        yield found.code, {"reason": found.reason}


def _document_faults(draft: Draft, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if not _is_beside(draft, name):
        yield "file-missing", {}
    elif name.rpartition(".")[2].lower() not in DOCUMENTS:
        yield "file-refused", {"choices": ", ".join(DOCUMENTS)}


def _file_fields(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "file" and isinstance(item, str):
                yield (*path, key), item
            else:
                yield from _file_fields(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _file_fields(item, (*path, number))
