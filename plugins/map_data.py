"""What the map loads (``/carte/*.json``)."""

from plugins.adapter import Plugin
from plugins.documents.map_data import map_data

register = Plugin(map_data).register
