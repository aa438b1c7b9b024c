"""The headers of ``/_headers`` for people who run their own server: what stands in ``docs/hosting/``.

These texts know no site: whoever copies them fills in the name and the folder, and the form service if there is one. A test holds
the committed files to this module.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from plugins.documents.hosting import CSP, IMMUTABLE, OPEN_FILES, OPEN_FOLDERS
from plugins.model.addresses import NOT_FOUND
from plugins.publication.assets import FOLDER
from plugins.publication.security import HEADERS, NO_FRAMES, WASM_PREFIXES, policy

TYPES: Final = {
    "ics": "text/calendar; charset=utf-8",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
    "xml": "application/xml; charset=utf-8",  # so that browsers show feeds instead of saving them
}
STRICT: Final = f"{policy(wasm=False)}; {NO_FRAMES}"
LOOSER: Final = f"{policy(wasm=True)}; {NO_FRAMES}"
OPEN: Final = "|".join([*OPEN_FOLDERS, *(re.escape(address) + "$" for address in OPEN_FILES)])
PREFIXES: Final = "|".join(prefix.strip("/") for prefix in WASM_PREFIXES)
INTRO: Final = (
    "En-têtes de sécurité et de cache d’un site fabriqué par ce projet, pour {server}.",
    "Fichier dérivé de plugins/documents/servers.py : ne pas le modifier ici.",
    "Remplacer exemple.org et /srv/site. Si data/site.yaml nomme un service de formulaires (intake),",
    "ajouter son origine après form-action 'self' ; de même pour un serveur de tuiles (map.tiles),",
    "après img-src et connect-src. Les anciennes adresses mènent d’elles-mêmes aux nouvelles.",
)


def hosting_files() -> dict[str, str]:
    """The text of each file of ``docs/hosting/`` by its name."""
    return {"nginx.conf": nginx(), "apache.htaccess": apache(), "Caddyfile": caddy()}


def nginx() -> str:
    """For nginx 1.18 or later, inside ``http { }``. Values vary by maps: headers in a location would replace all others."""
    headers = [f'    add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    types = [f'    location ~ \\.{ending}$ {{ types {{ }} default_type "{kind}"; }}' for ending, kind in TYPES.items()]
    return _lines(
        _comment("nginx"),
        "map $uri $site_policy {",
        f'    default "{STRICT}";',
        f'    "~^/({PREFIXES})/" "{LOOSER}";',
        "}",
        "map $uri $site_cache {",
        '    default "no-cache";',
        f'    "~^/{FOLDER}" "{IMMUTABLE}";',
        "}",
        "map $uri $site_cors {",
        '    default "";',
        f'    "~^({OPEN})" "*";',
        "}",
        "server {",
        "    listen 443 ssl;",
        "    listen [::]:443 ssl;",
        "    server_name exemple.org;",
        "    # ssl_certificate et ssl_certificate_key : ceux de votre autorité",
        "    root /srv/site;",
        "    index index.html;",
        "    charset utf-8;",
        f"    error_page 404 {NOT_FOUND};",
        "    gzip on;",
        "    gzip_types text/css text/calendar text/csv application/javascript application/json application/geo+json",
        "               application/ld+json application/xml image/svg+xml;",
        *headers,
        f"    add_header {CSP} $site_policy always;",
        "    add_header Cache-Control $site_cache;",
        "    add_header Access-Control-Allow-Origin $site_cors;  # une valeur vide n’est pas envoyée",
        *types,
        "    location / { try_files $uri $uri/ =404; }",
        "}",
    )


def apache() -> str:
    """For Apache 2.4: the ``.htaccess`` at the root of the site."""
    headers = [f'    Header always set {name} "{value}"' for name, value in HEADERS.items()]
    return _lines(
        _comment("Apache 2.4 (à placer sous le nom .htaccess à la racine du site)"),
        "DirectoryIndex index.html",
        "Options -Indexes",
        f"ErrorDocument 404 {NOT_FOUND}",
        "AddDefaultCharset utf-8",
        *(f'AddType "{kind}" .{ending}' for ending, kind in TYPES.items()),
        "<IfModule mod_headers.c>",
        *headers,
        f'    Header always set {CSP} "{STRICT}"',
        '    Header set Cache-Control "no-cache"',
        f'    <If "%{{REQUEST_URI}} =~ m#^/({PREFIXES})/#">',
        f'        Header always set {CSP} "{LOOSER}"',
        "    </If>",
        f'    <If "%{{REQUEST_URI}} =~ m#^/{FOLDER}#">',
        f'        Header set Cache-Control "{IMMUTABLE}"',
        "    </If>",
        f'    <If "%{{REQUEST_URI}} =~ m#^({OPEN})#">',
        '        Header set Access-Control-Allow-Origin "*"',
        "    </If>",
        "</IfModule>",
    )


def caddy() -> str:
    """For Caddy 2. The matchers exclude each other, so that the order of the directives does not matter."""
    search = " ".join(f"{prefix}*" for prefix in WASM_PREFIXES)
    return _lines(
        _comment("Caddy 2"),
        "exemple.org {",
        "    root * /srv/site",
        "    encode zstd gzip",
        f"    @search path {search}",
        f"    @pages not path {search}",
        f"    @theme path /{FOLDER}*",
        f"    @fresh not path /{FOLDER}*",
        f"    @data path {' '.join([*(f'{folder}*' for folder in OPEN_FOLDERS), *OPEN_FILES])}",
        *(f"    @{ending} path *.{ending}" for ending in TYPES),
        "    header {",
        *(f'        {name} "{value}"' for name, value in HEADERS.items()),
        "    }",
        f'    header @search {CSP} "{LOOSER}"',
        f'    header @pages {CSP} "{STRICT}"',
        f'    header @theme Cache-Control "{IMMUTABLE}"',
        '    header @fresh Cache-Control "no-cache"',
        '    header @data Access-Control-Allow-Origin "*"',
        *(f'    header @{ending} Content-Type "{kind}"' for ending, kind in TYPES.items()),
        "    file_server",
        "    handle_errors {",
        f"        rewrite * {NOT_FOUND}",
        "        file_server",
        "    }",
        "}",
    )


def _comment(server: str) -> str:
    return "\n".join(f"# {line.format(server=server)}" for line in INTRO)


def _lines(*lines: str) -> str:
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    for name, text in hosting_files().items():
        Path(sys.argv[1], name).write_text(text, encoding="utf-8")
