"""Atom feeds (``flux.xml``)."""

from plugins.adapter import Plugin
from plugins.documents.feeds import feeds

register = Plugin(feeds).register
