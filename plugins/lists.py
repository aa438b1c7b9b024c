"""The list of each type, by page and by year."""

from plugins.adapter import Plugin
from plugins.views.listing.lists import list_pages

register = Plugin(list_pages).register
