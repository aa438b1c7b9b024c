"""Writes pages and documents: renders on several processors, refuses two outputs at one place, and counts what it wrote."""

from __future__ import annotations

import traceback
from collections import Counter
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from plugins.model.pool import leave_with_parent
from plugins.publication.page import Document, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.publication.context import Context
    from plugins.publication.page import Output

_BATCH = 50  # pages sent to a process at once
_AHEAD = 4  # batches waiting for each process: enough to keep it busy, few enough to keep memory flat


class OutputError(Exception):
    """A page or document that cannot be written; the message names it, and is meant to be read by people."""


@dataclass(frozen=True)
class Printer:
    """Renders pages with the theme at ``theme`` into ``output``. ``shell`` is what every page shares (name, menu, footer)."""

    theme: str
    output: str
    shell: Mapping[str, Any]

    def environment(self) -> Environment:
        """The Jinja environment of the theme: everything is escaped, and a name that the view does not give is an error."""
        environment = Environment(
            loader=FileSystemLoader(Path(self.theme) / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals["shell"] = dict(self.shell)
        return environment

    def print_pages(self, environment: Environment, pages: Iterable[Page]) -> None:
        """Render and write ``pages``.

        Raises:
            OutputError: a template fails; the message names the template, its line and the page.
        """
        for page in pages:
            try:
                html = environment.get_template(page.template).render(page.view)
            except Exception as error:
                place = _place(error, Path(self.theme) / "templates") or page.template
                raise OutputError(f"{page.address} : gabarit {place} : {_reason(error)}") from error
            write(Path(self.output), page.path, html.encode("utf-8"))


def _place(error: Exception, templates: Path) -> str:
    """The file and line where a template failed, which may be one that it extends or imports; empty if none is known."""
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(path.relative_to(templates), line) for path, line in frames if path.is_relative_to(templates)]
    return f"{ours[-1][0].as_posix()}, ligne {ours[-1][1]}" if ours else ""


def _reason(error: Exception) -> str:
    return str(error.message) if isinstance(error, TemplateError) else f"{type(error).__name__} : {error}"


def write(output: Path, path: str, content: bytes) -> None:
    """Write one file below ``output``; its folders are made."""
    target = output / path
    try:
        target.write_bytes(content)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


class _Worker:
    """What a rendering process keeps from its start to its end."""

    printer: Printer
    environment: Environment


def _start(printer: Printer) -> None:
    leave_with_parent()
    _Worker.printer = printer
    _Worker.environment = printer.environment()


def _print(pages: list[Page]) -> int:
    _Worker.printer.print_pages(_Worker.environment, pages)
    return len(pages)


@dataclass
class Press:
    """The one place where outputs meet: knows what was written, by whom, and never writes over it."""

    context: Context
    printer: Printer
    jobs: int
    written: dict[str, str] = field(default_factory=dict)  # path in the output → who wrote it
    counts: Counter[str] = field(default_factory=Counter)  # template or file ending → number

    def write(self, outputs: Iterable[Output], origin: str) -> None:
        """Write all that a plugin makes, in parallel where there is much.

        Raises:
            OutputError: two outputs have one path, a path leaves the output directory, or a template fails.
        """
        pages = self._pages(outputs, origin)
        first = list(islice(pages, _BATCH))
        if self.jobs <= 1 or len(first) < _BATCH:
            self.printer.print_pages(self._environment, first)
            self.printer.print_pages(self._environment, pages)
            return
        waiting: list[Future[int]] = [self._pool.submit(_print, first)]
        while batch := list(islice(pages, _BATCH)):
            waiting.append(self._pool.submit(_print, batch))
            if len(waiting) >= self.jobs * _AHEAD:
                waiting.pop(0).result()
        for future in waiting:
            future.result()

    def close(self) -> None:
        """End the rendering processes; nothing is written after."""
        if "_pool" in self.__dict__:
            self._pool.shutdown()

    @cached_property
    def _environment(self) -> Environment:
        return self.printer.environment()

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        """One pool for the whole build: templates are compiled once in each process."""
        return ProcessPoolExecutor(self.jobs, initializer=_start, initargs=(self.printer,))

    def _pages(self, outputs: Iterable[Output], origin: str) -> Iterator[Page]:
        """Documents are written on the way; pages are passed on to be rendered."""
        for output in outputs:
            self._claim(output.path, origin)
            if isinstance(output, Document):
                write(Path(self.printer.output), output.path, output.content)
                self.counts[output.path.rpartition(".")[2]] += 1
            else:
                self.counts[output.template] += 1
                yield output

    def _claim(self, path: str, origin: str) -> None:
        parts = path.split("/")
        if path.startswith("/") or "" in parts or ".." in parts or "\\" in path or "\0" in path:
            raise OutputError(f"{origin} : le chemin « {path} » sort du dossier du site")
        if path in self.written:
            raise OutputError(f"« {path} » serait écrit deux fois : par {self.written[path]} et par {origin}")
        self.written[path] = origin
