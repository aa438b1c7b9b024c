"""Group commit: many threads that each want one thing done at the same time share one transaction.

The first to come leads: it takes along whatever has been asked for meanwhile, and does it in one go. The disk is then
waited for once, not once each.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class Together(Generic[Asked, Given]):
    """``work`` gets several items, and returns a result for each in one transaction, or raises and did nothing.

    Where a batch fails, its items are tried one by one, so that nobody gets another's error.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Given]], *, largest: int = 64) -> None:
        self._work = work
        self._largest = largest
        self._waiting: list[tuple[Asked, Future[Given]]] = []
        self._door = threading.Lock()
        self._lead = threading.Lock()

    def ask(self, item: Asked) -> Given:
        """The result of ``item``, once its transaction is committed; or the error that it raised."""
        future: Future[Given] = Future()
        with self._door:
            self._waiting.append((item, future))
        while not future.done():
            with self._lead:
                if not future.done():
                    self._do(self._take())
        return future.result()

    def _take(self) -> list[tuple[Asked, Future[Given]]]:
        with self._door:
            batch, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
        return batch

    def _do(self, batch: list[tuple[Asked, Future[Given]]]) -> None:
        try:
            results = self._work([item for item, _ in batch])
        except BaseException as error:
            if len(batch) == 1:
                batch[0][1].set_exception(error)
            else:
                for single in batch:
                    self._do([single])
            if not isinstance(error, Exception):
                raise
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
