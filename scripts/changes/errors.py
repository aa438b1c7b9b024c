"""Why a change cannot be read."""

from __future__ import annotations


class ChangesError(Exception):
    """What keeps git from saying what changed; the message is a French sentence that says what to do."""
