"""The files of a proposal as editors see them: those of its branch, or, before there is one, those that it would have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.forms.checking import Checker
from scripts.bot.git.repository import Repository
from scripts.bot.web.review.file_view import Files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.bot.submission import Submission
    from scripts.bot.web.edition import Edition
    from scripts.bot.web.service import Service


@dataclass(slots=True)
class ReviewFiles:
    """Looks for the files of proposals."""

    service: Service
    _checker: tuple[Edition, Checker] | None = field(default=None, init=False)

    def of(self, edition: Edition, submission: Submission) -> Files:
        """What the proposal does to the files of the root, and what the check says of them."""
        below = self.service.root.source
        made = edition.proposer.propose(
            submission.posted,
            {picture.name: picture.content for picture in self.service.store.pictures(submission.id)},
            today=edition.context.today,
            source=below,
            entry_id=submission.entry_id,
        )
        changed = self._on_branch(submission)
        if changed is None and made.faults:
            return Files({}, below, faults=[fault.message for fault in made.faults])
        changed = made.files if changed is None else changed
        problems = [
            problem for file in self._check(edition).files(changed, below).values() for problem in file.problems
        ]
        return Files(changed, below, problems, left_behind=made.left_behind)

    def _on_branch(self, submission: Submission) -> Mapping[str, bytes | None] | None:
        """The files that its branch changes; None where there is no branch within reach."""
        settings = self.service.settings
        if not submission.commit or settings.forge != "local" or not settings.local_repository.exists():
            return None
        repository = Repository.open(settings.local_repository)
        main = repository.resolve(f"refs/heads/{repository.head_branch}")
        commit = repository.resolve(submission.commit)
        if main is None or commit is None:
            return None
        base = repository.merge_base(main, commit)
        changed = repository.changed(base or main, commit) or submission.paths  # once it is merged, nothing differs
        return {path: repository.read(commit, path) for path in changed}

    def _check(self, edition: Edition) -> Checker:
        """The checks, made once for an edition of the site."""
        if self._checker is None or self._checker[0] is not edition:
            self._checker = (edition, Checker(edition.site))
        return self._checker[1]
