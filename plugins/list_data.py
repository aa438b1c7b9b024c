"""What the filters of lists load (``<list>/liste/``)."""

from plugins.adapter import Plugin
from plugins.views.listing.list_data import list_data

register = Plugin(list_data).register
