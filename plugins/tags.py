"""The free words."""

from plugins.adapter import Plugin
from plugins.views.listing.tags import tag_pages

register = Plugin(tag_pages).register
