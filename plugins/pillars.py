"""The pillars."""

from plugins.adapter import Plugin
from plugins.views.groups.pillars import pillar_pages

register = Plugin(pillar_pages).register
