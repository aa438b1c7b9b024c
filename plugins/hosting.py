"""Headers and redirects for static hosts."""

from plugins.adapter import Plugin
from plugins.documents.hosting import hosting

register = Plugin(hosting).register
