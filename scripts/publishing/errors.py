"""What can go wrong between a built site and its readers; every message is French and says what to do."""

from __future__ import annotations


class PublishingError(Exception):
    """A publication could not be made, or not be undone."""


class AddressError(ValueError):
    """``--to`` or PUBLISH_TO cannot be read; the message is a French sentence."""
