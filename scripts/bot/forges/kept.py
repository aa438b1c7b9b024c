"""Answers kept for conditional requests (RFC 9110 §13): what has not changed is not sent again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.bot.forges.forge import Answer, Request


class KeptAnswers:
    """The latest answers to GET requests that carry an ``ETag``, up to so many bytes in all; safe for threads.

    Credentials are part of the key, as a digest: what one token may see is not shown to another.
    """

    def __init__(self, capacity: int = 8 * 1024 * 1024) -> None:
        self._capacity = capacity
        self._size = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def conditions(self, request: Request) -> Mapping[str, str]:
        """The header that asks for an answer only if it has changed; empty where none is kept."""
        with self._lock:
            kept = self._answers.get(_key(request)) if request.method == "GET" else None
        return {"if-none-match": kept.headers["etag"]} if kept else {}

    def resolve(self, request: Request, answer: Answer) -> Answer:
        """The answer to use: the kept one for a 304, else the one that came, which is kept if it can be."""
        if request.method != "GET":
            return answer
        key = _key(request)
        with self._lock:
            if answer.status == HTTPStatus.NOT_MODIFIED and (kept := self._answers.get(key)):
                self._answers.move_to_end(key)
                return replace(kept, headers={**kept.headers, **answer.headers})
            if answer.status == HTTPStatus.OK and answer.headers.get("etag"):
                self._keep(key, answer)
        return answer

    def _keep(self, key: str, answer: Answer) -> None:
        if (old := self._answers.pop(key, None)) is not None:
            self._size -= len(old.body)
        self._answers[key] = answer
        self._size += len(answer.body)
        while self._size > self._capacity:
            self._size -= len(self._answers.popitem(last=False)[1].body)


def _key(request: Request) -> str:
    parts = (request.path, repr(request.query), request.headers.get("authorization", ""), repr(sorted(request.headers)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
