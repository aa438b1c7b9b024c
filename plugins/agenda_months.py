"""The months of the agenda (``/agenda/mois/2026-12/``)."""

from plugins.adapter import Plugin
from plugins.views.listing.months import month_pages

register = Plugin(month_pages).register
