"""The files beside entries: pictures encoded again in a few sizes, documents as they are; each at its entry's address."""

from __future__ import annotations

import io
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from plugins.markup.pictures import upright
from plugins.publication.page import Document
from plugins.views.page.pictures import FORMATS, copy_name, copy_widths, shown_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.publication.context import Context

_SAVE: Final[Mapping[str, Mapping[str, Any]]] = {
    "JPEG": {"quality": 80, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 80, "method": 4},
}


def attachments(ctx: Context) -> Iterator[Document]:
    """What every entry uses of the files beside it. Two entries of one folder may use the same file: each page has its own copy."""
    for entry in ctx.site.entries.values():
        used = dict.fromkeys([*entry.files, *([entry.picture.path] if entry.picture else [])])
        for path in used:
            content = (Path(ctx.root) / path).read_bytes()
            for name, data in published(posixpath.basename(path), content).items():
                yield Document(f"{entry.address}{name}".lstrip("/"), data)


def published(name: str, content: bytes) -> dict[str, bytes]:
    """What is published for a file, by name. Raises OSError (Pillow's) for a picture that is none."""
    kind = FORMATS.get(posixpath.splitext(name)[1].lower())
    if kind is None:
        return {name: content}
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()
        whole = _upright(opened, kind)
    copies = {copy_name(name, width): width for width in copy_widths(whole.width)}
    sizes = {name: shown_size(whole.width, whole.height)[0], **copies}
    return {copy: _encoded(whole, width, kind) for copy, width in sizes.items()}


def _upright(picture: Image.Image, kind: str) -> Image.Image:
    """The pixels alone, turned as the camera's notes say."""
    turned = upright(picture)
    modes = {"RGB", "L"} if kind == "JPEG" else {"RGB", "L", "RGBA", "LA", "P", "1"}
    return (
        turned if turned.mode in modes else turned.convert("RGBA" if kind != "JPEG" and "A" in turned.mode else "RGB")
    )


def _encoded(picture: Image.Image, width: int, kind: str) -> bytes:
    out = io.BytesIO()
    if width != picture.width:
        smooth = picture.convert("RGBA") if picture.mode == "P" else picture
        picture = smooth.resize(
            (width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS
        )
    picture.info.clear()
    picture.save(out, kind, **_SAVE[kind])
    return out.getvalue()
