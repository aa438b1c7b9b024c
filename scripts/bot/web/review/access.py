"""Who gets into the review pages, and which posts come from there.

Three things keep a stranger's page from deciding in an editor's name: the cookie goes with no request of another site
(SameSite=Strict), the browser says where a post comes from (Origin, RFC 6454, and Sec-Fetch-Site), and each form carries a token.
"""

from __future__ import annotations

import datetime as dt
import hmac
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scripts.bot.french import review as french
from scripts.bot.passwords import password_matches
from scripts.bot.web.posting.rates import Rates, client_network
from scripts.bot.web.review.session import (
    LIFETIME,
    NONCE_BYTES,
    Session,
    form_token,
    new_session,
    seal,
    token_matches,
    unseal,
)

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.web.service import Service

TRIES: Final = 10  # wrong or right, for one network address
WINDOW: Final = dt.timedelta(minutes=15)
LONGEST_NAME: Final = 80
TOKEN: Final = "jeton"  # noqa: S105  # the name of the input that carries it
# Our pages tell other sites nothing of their address, but browsers have to say where a post comes from.
OWN_PAGES: Final = {"Referrer-Policy": "same-origin"}
_HASHING = threading.Lock()  # one password at a time: each takes 32 MB and a moment of a processor


@dataclass(frozen=True, slots=True)
class Gate:
    """Guards the review. ``open``: everybody who reaches it may enter, which is right on a loopback of one's own only."""

    service: Service
    open: bool

    def session(self, request: Request) -> Session | None:
        """Who is asking; None for a stranger."""
        if self.open:
            return Session(french.ON_THIS_MACHINE, "", dt.datetime.max.replace(tzinfo=dt.UTC))
        if not self.service.settings.review_password:
            return None
        return unseal(request.cookies.get(self.cookie, ""), self.key, self.service.clock())

    @property
    def key(self) -> bytes:
        """What signs sessions and tokens. The password is part of it, so that a new one ends all sessions."""
        stored = "" if self.open else self.service.settings.review_password
        return hmac.digest(self.service.key("review"), stored.encode(), "sha256")

    @property
    def secure(self) -> bool:
        """Whether editors come by https, so that the cookie may refuse anything else."""
        return self.service.settings.public_url.startswith("https:")

    @property
    def cookie(self) -> str:
        """The cookie's name; with the prefix no other host of the domain can set it (RFC 6265bis, section 4.1.3)."""
        return "__Host-relecture" if self.secure else "relecture"

    def token(self, session: Session) -> str:
        """What forms carry."""
        return form_token(session, self.key)

    def is_own(self, request: Request, token: str, session: Session) -> bool:
        """Whether a post comes from a page of ours that this session opened."""
        return self.comes_from_here(request) and token_matches(token, session, self.key)

    def comes_from_here(self, request: Request) -> bool:
        """Whether the browser says that the post comes from this very host. Programs that are no browsers say nothing.

        Browsers that tell the site of a request say no more in Origin than « null » for pages that keep their address.
        """
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None and (site != "same-origin" or origin == "null"):
            return site == "same-origin"
        hosts = {request.headers.get("host", ""), urlsplit(self.service.settings.public_url).netloc}
        return origin is None or urlsplit(origin).netloc in hosts

    def may_try(self, request: Request) -> bool:
        """Whether this network has not tried too many passwords; counts one more."""
        settings, headers = self.service.settings, request.headers
        peer = request.client.host if request.client else ""
        network = client_network(peer, headers.getlist("x-forwarded-for"), settings.trusted_proxies)
        return Rates(self.service.store).count("login", network, self.service.clock(), WINDOW) <= TRIES

    def is_password(self, given: str) -> bool:
        """Whether it is the password of the settings. Takes a while: not for the event loop."""
        with _HASHING:
            return password_matches(given, self.service.settings.review_password)

    def let_in(self, response: Response, editor: str) -> None:
        """Give the browser a session."""
        session = new_session(editor, self.service.random(NONCE_BYTES), self.service.clock())
        self._set(response, seal(session, self.key), int(LIFETIME.total_seconds()))

    def let_out(self, response: Response) -> None:
        """Take it back."""
        self._set(response, "", 0)

    def _set(self, response: Response, value: str, seconds: int) -> None:
        response.set_cookie(
            self.cookie, value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="strict"
        )
