"""The search page."""

from plugins.adapter import Plugin
from plugins.views.finding.search_page import search_pages

register = Plugin(search_pages).register
