"""The map."""

from plugins.adapter import Plugin
from plugins.views.finding.map_page import map_pages

register = Plugin(map_pages).register
