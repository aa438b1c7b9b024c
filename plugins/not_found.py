"""What is shown where nothing is."""

from plugins.adapter import Plugin
from plugins.views.page.not_found import not_found_pages

register = Plugin(not_found_pages).register
