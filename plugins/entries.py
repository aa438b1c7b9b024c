"""A page for each contribution."""

from plugins.adapter import Plugin
from plugins.views.entry.entries import entry_pages

register = Plugin(entry_pages).register
