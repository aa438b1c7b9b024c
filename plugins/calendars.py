"""Calendars to subscribe to (``agenda.ics``)."""

from plugins.adapter import Plugin
from plugins.documents.calendars import calendars

register = Plugin(calendars).register
