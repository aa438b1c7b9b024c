"""``security.txt`` and ``humans.txt``."""

from plugins.adapter import Plugin
from plugins.documents.well_known import well_known

register = Plugin(well_known).register
