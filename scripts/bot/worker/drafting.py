"""From a submission to the files of its proposal, against one commit of the main branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from plugins.forms.proposal import Proposer
from plugins.model.load import load_site
from scripts.bot.git.export import Snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from plugins.forms.posted import Posted
    from plugins.forms.proposal import Proposal
    from plugins.model.objects import Site
    from scripts.bot.git.repository import Repository
    from scripts.bot.submission import Picture, Submission

PARIS: Final = ZoneInfo("Europe/Paris")
"""Where a day begins, for people who fill in forms (fields.md: times are Europe/Paris unless said otherwise)."""


class MainBrokenError(Exception):
    """The main branch cannot be read as a site, so nothing can be proposed to it."""


class Drafter:
    """Keeps the site of the last commit that was asked for; only what changes is read from git again.

    For one thread; ``directory`` is its own.
    """

    def __init__(self, repository: Repository, directory: Path) -> None:
        self._snapshot = Snapshot(repository, directory, ("content", "data"))
        self._made: tuple[str, dt.date] | None = None
        self._proposer: Proposer | None = None
        self.site: Site | None = None

    def draft(
        self,
        submission: Submission,
        pictures: tuple[Picture, ...],
        commit: str,
        *,
        today: dt.date,
        taken: Callable[[str], bool],
        member_id: str = "",
    ) -> Proposal:
        """The files that a submission would write at ``commit``, and what is wrong with them.

        The day on which it was sent counts as its day, so that the same submission gives the same files later.

        Raises:
            MainBrokenError: the commit is no site.
        """
        proposer = self._proposer_at(commit, today)
        of_member = submission.posted.type_name == "member"
        creates = submission.posted.action == "create"
        entry_id = self._still_free(submission.entry_id, of_member=of_member) if creates else ""
        contents: Mapping[str, bytes] = {picture.name: picture.content for picture in pictures}
        return proposer.propose(
            submission.posted,
            contents,
            today=submission.created.astimezone(PARIS).date(),
            source=self._source,
            taken=taken,
            entry_id=entry_id,
            member_id=self._still_free(member_id, of_member=True),
        )

    def judge(self, posted: Posted, commit: str, *, today: dt.date, taken: Callable[[str], bool]) -> Proposal:
        """What would become of a new post at ``commit``. Raises MainBrokenError."""
        proposer = self._proposer_at(commit, today)
        return proposer.propose(posted, {}, today=today, source=self._source, taken=taken)

    def site_at(self, commit: str, today: dt.date) -> Site:
        """The site of a commit. Raises MainBrokenError."""
        self._proposer_at(commit, today)
        if self.site is None:
            raise MainBrokenError(commit)
        return self.site

    def _proposer_at(self, commit: str, today: dt.date) -> Proposer:
        if self._proposer is None or self._made != (commit, today):
            self._made = self._proposer = None
            self._snapshot.bring_to(commit)
            self.site = load_site(self._snapshot.directory, today=today).site
            if self.site is None:
                raise MainBrokenError(commit)
            self._proposer = Proposer(self.site)
            self._made = commit, today
        return self._proposer

    def _still_free(self, name: str, *, of_member: bool) -> str:
        """A name that this submission got before; nothing where the main branch has taken it meanwhile."""
        path = f"data/members/{name}.yaml" if of_member else f"content/{name}.md"
        return name if name and self._source(path) is None else ""

    def _source(self, path: str) -> bytes | None:
        file = self._snapshot.directory / path
        return file.read_bytes() if file.is_file() else None
