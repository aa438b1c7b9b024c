"""The directory of members."""

from plugins.adapter import Plugin
from plugins.views.groups.members import member_pages

register = Plugin(member_pages).register
