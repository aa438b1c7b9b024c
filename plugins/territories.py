"""The territories."""

from plugins.adapter import Plugin
from plugins.views.groups.territories import territory_pages

register = Plugin(territory_pages).register
