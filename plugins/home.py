"""The home page."""

from plugins.adapter import Plugin
from plugins.views.home import home_pages

register = Plugin(home_pages).register
