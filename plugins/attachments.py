"""Pictures and documents of contributions, at the address of the page that uses them."""

from plugins.adapter import Plugin
from plugins.views.entry.attachments import attachments

register = Plugin(attachments).register
