"""Titles that the search box suggests (``search-index.json``)."""

from plugins.adapter import Plugin
from plugins.documents.suggestions import suggestions

register = Plugin(suggestions).register
