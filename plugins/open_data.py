"""Open data (``/donnees/``) and its catalogue."""

from plugins.adapter import Plugin
from plugins.documents.open_data import open_data

register = Plugin(open_data).register
