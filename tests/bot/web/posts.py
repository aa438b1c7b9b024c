"""Posts as browsers send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BOUNDARY: Final = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
MULTIPART: Final = f"multipart/form-data; boundary={BOUNDARY}"


def multipart(pairs: Iterable[tuple[str, str]], files: Mapping[str, tuple[str, bytes]] | None = None) -> bytes:
    """A body of multipart/form-data: texts, then files (input name → file name, content), as RFC 7578 says."""
    parts = [(f'form-data; name="{name}"', text.encode()) for name, text in pairs]
    parts += [
        (f'form-data; name="{name}"; filename="{file}"\r\nContent-Type: image/jpeg', content)
        for name, (file, content) in (files or {}).items()
    ]
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: {head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts
    )
    return body + f"--{BOUNDARY}--\r\n".encode()
