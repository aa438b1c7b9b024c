"""Site map and robots.txt."""

from plugins.adapter import Plugin
from plugins.documents.sitemap import sitemap

register = Plugin(sitemap).register
