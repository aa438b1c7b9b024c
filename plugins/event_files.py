"""Each event as a file for one's own calendar (``evenement.ics`` beside its page)."""

from plugins.adapter import Plugin
from plugins.documents.event_file import event_files

register = Plugin(event_files).register
