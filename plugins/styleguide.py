"""All components of the theme on one page; for developers, off by default."""

from plugins.adapter import Plugin
from plugins.views.styleguide import styleguide_pages

register = Plugin(styleguide_pages).register
