"""How to take part."""

from plugins.adapter import Plugin
from plugins.views.contribute import contribute_pages

register = Plugin(contribute_pages).register
