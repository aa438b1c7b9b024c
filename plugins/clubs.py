"""Clubs and networks."""

from plugins.adapter import Plugin
from plugins.views.groups.clubs import club_pages

register = Plugin(club_pages).register
