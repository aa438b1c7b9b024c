"""The plugin that all others stand on: reads and checks the root, gives them what they share, and publishes what they wrote."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blinker import signal
from pelican import signals

from plugins.history.attach import attach_history
from plugins.model.load import load_site
from plugins.model.of_the_day import hold_back
from plugins.model.schema.schemas import SchemaError
from plugins.press import Press, Printer
from plugins.publication.context import Context
from plugins.swap import prepare, swap
from plugins.views.page.shell import shell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican import Pelican

    from plugins.model.load import Loaded


# Sent with the press when all is written and nothing is public yet: a search index is made from the files then.
all_written = signal("circular_all_written")


def load(pelican: Pelican) -> None:
    """Load the site beside Pelican's PATH and put the press into the settings, from which every generator's context is made.

    Raises:
        SystemExit: a plugin did not load, or the content has errors, all of which have been printed.
    """
    settings = pelican.settings
    _want_all_plugins(settings)
    root = Path(pelican.path).parent
    loaded = settings.get("LOADED") or _loaded(root, settings)
    if loaded.site is None or not loaded.is_publishable:
        raise SystemExit("Le site n’a pas été fabriqué : corrigez d’abord les erreurs ci-dessus.")
    for entry in hold_back(loaded.site):
        print(f"{entry.path} : ne paraîtra que le {entry.date.isoformat()}.", file=sys.stderr)
    if settings["HISTORY"]:
        attach_history(loaded.site, Path(settings.get("HISTORY_ROOT") or root), held=settings.get("HELD"))
    outputs = _outputs(pelican, loaded.site.settings.get("features", {}))
    settings["FINAL_OUTPUT"] = pelican.output_path
    settings["OUTPUT_PATH"] = pelican.output_path = str(prepare(Path(pelican.output_path), root))
    site_url = (settings["SITEURL"] or loaded.site.settings["url"]).rstrip("/")
    context = Context(loaded.site, site_url, outputs, str(root))
    printer = Printer(pelican.theme, pelican.output_path, shell(context))
    settings["press"] = Press(context, printer, settings["JOBS"])


def _outputs(pelican: Pelican, features: Mapping[str, bool]) -> frozenset[str]:
    """The names of the outputs in use: those of ``pelicanconf.py`` without those that the region's ``features`` switch off."""
    names = set()
    for plugin in pelican.plugins:
        name = plugin.__name__.removeprefix("plugins.")
        if features.get(name, True):
            names.add(name)
        else:
            plugin.register.__self__.unregister()
    return frozenset(names)


def _want_all_plugins(settings: dict[str, Any]) -> None:
    missing = sorted(set(settings["WANTED_PLUGINS"]) - set(settings["PLUGINS"]))
    if missing:
        raise SystemExit(f"Ces extensions n’ont pas pu être chargées : {', '.join(missing)} (détails avec --debug).")


def _loaded(root: Path, settings: dict[str, Any]) -> Loaded:
    """Load the root and print its problems; ``scripts build`` has done both already and hands over what it loaded."""
    try:
        loaded = load_site(root, today=dt.date.fromisoformat(settings["TODAY"]), jobs=settings["JOBS"])
    except SchemaError as error:
        raise SystemExit(str(error)) from error
    for found in loaded.problems:
        print(f"{found.path}:{found.line}:{found.column}: {found.message} {found.suggestion}".rstrip(), file=sys.stderr)
    return loaded


def publish(pelican: Pelican) -> None:
    """Let the last plugins work on what is written, then make it the site."""
    press: Press = pelican.settings["press"]
    press.close()
    all_written.send(press)
    swap(Path(pelican.output_path), Path(pelican.settings["FINAL_OUTPUT"]))


def register() -> None:
    """Called by Pelican."""
    signals.initialized.connect(load)
    signals.finalized.connect(publish)
