"""Pelican's settings: which plugins make which part of the site. A region is in data/, not here."""

import datetime as dt
import os
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

# ── What is published: take a line out and that part is gone, with the links to it ───────────────────────────────────
OUTPUTS = [
    "home",  # /
    "entries",  # a page for each contribution
    "lists",  # /actualites/, /agenda/…, their pages and years
    "agenda_months",  # /agenda/mois/2026-12/, the agenda month by month
    "list_data",  # what the filters of lists load
    "clubs",  # /clubs/
    "pillars",  # /piliers/
    "territories",  # /territoires/
    "members",  # /membres/, the directory
    "tags",  # /etiquettes/
    "map_page",  # /carte/
    "map_data",  # /carte/*.json, what the map loads
    "observatory",  # /observatoire/
    "newsletter",  # /lettres/, one a month
    "search_page",  # /recherche/
    "contribute",  # /contribuer/
    "not_found",  # /404.html
    "attachments",  # pictures and files of contributions
    "theme_files",  # style, fonts, scripts
    "feeds",  # Atom
    "calendars",  # iCalendar
    "event_files",  # evenement.ics beside each event
    "open_data",  # /donnees/
    "sitemap",  # /sitemap.xml, /robots.txt
    "well_known",  # /.well-known/security.txt, /humans.txt
    "hosting",  # /_headers, /_redirects
    "suggestions",  # /search-index.json, what the search box suggests
    "search",  # /pagefind/, the full-text index: the last plugin to run, over what the others have written
]
WANTED_PLUGINS = ["plugins.site", *(f"plugins.{name}" for name in OUTPUTS)]
PLUGINS = list(WANTED_PLUGINS)

# ── How it is built ──────────────────────────────────────────────────────────────────────────────────────────────────
PATH = os.environ.get("CIRCULAR_CONTENT", "content")
THEME = str(HERE / "theme")
OUTPUT_PATH = "output"
SITEURL = os.environ.get("CIRCULAR_SITE_URL", "")  # empty: the url of data/site.yaml
EPOCH = os.environ.get("SOURCE_DATE_EPOCH")  # reproducible-builds.org
NOW = dt.datetime.fromtimestamp(int(EPOCH), dt.UTC) if EPOCH else dt.datetime.now(ZoneInfo("Europe/Paris"))
TODAY = os.environ.get("CIRCULAR_TODAY") or NOW.date().isoformat()
HISTORY = os.environ.get("CIRCULAR_HISTORY", "1") != "0"  # 0: as if there were no git
JOBS = int(os.environ.get("CIRCULAR_JOBS", os.cpu_count() or 1))
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"

# ── What Pelican does by itself and our plugins do instead ───────────────────────────────────────────────────────────
ARTICLE_PATHS = PAGE_PATHS = STATIC_PATHS = DIRECT_TEMPLATES = THEME_STATIC_PATHS = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CACHE_CONTENT = LOAD_CONTENT_CACHE = DELETE_OUTPUT_DIRECTORY = False
