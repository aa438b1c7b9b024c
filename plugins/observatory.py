"""The observatory."""

from plugins.adapter import Plugin
from plugins.views.observatory import observatory_pages

register = Plugin(observatory_pages).register
