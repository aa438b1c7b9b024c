"""The formats of our schemas, each really checked: a plain install of `jsonschema` checks almost none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from jsonschema import FormatChecker

from plugins.model.schema.rrule_format import is_rrule

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL_DATETIME = re.compile(rf"{_DATE.pattern}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
_INSEE = re.compile(r"(?:0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5])[0-9]{3}|9[78][0-9]{3}")
_SIREN = re.compile(r"[0-9]{9}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.))*(?<!\.)")
_MAX_FILE_NAME = 100
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_HOST_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?", re.IGNORECASE)
_NOT_IN_URI = re.compile(r"[\s\\<>\"{}|^`]")

# Two-letter codes of ISO 639-1, which BCP 47 wants where there is one. Of three letters only the shape is
# checked.
_ISO_639_1: Final = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905
)

# The licences under which French public bodies, associations and researchers publish texts, pictures, data,
# software and hardware. The whole SPDX list has over six hundred, nearly all of them for software: a typing
# error would easily hit another one, while a licence missing here takes one line to add. (Both lists stand as
# texts, which read better than hundreds of literals.)
LICENCES: Final = frozenset(
    """
    etalab-2.0 ODbL-1.0 ODC-By-1.0 PDDL-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0
    CC0-1.0 CC-PDDC
    CC-BY-2.0 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-2.0 CC-BY-SA-3.0 CC-BY-SA-4.0
    CC-BY-NC-3.0 CC-BY-NC-4.0 CC-BY-NC-SA-3.0 CC-BY-NC-SA-4.0
    CC-BY-ND-3.0 CC-BY-ND-4.0 CC-BY-NC-ND-3.0 CC-BY-NC-ND-4.0
    CC-BY-3.0-FR CC-BY-SA-2.0-FR CC-BY-NC-SA-2.0-FR LAL-1.3 GFDL-1.3-only GFDL-1.3-or-later
    EUPL-1.2 CECILL-2.1 CECILL-B CECILL-C MIT ISC Zlib 0BSD Unlicense Apache-2.0 BSD-2-Clause BSD-3-Clause
    MPL-2.0
    GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only
    LGPL-3.0-or-later AGPL-3.0-only AGPL-3.0-or-later
    CERN-OHL-P-2.0 CERN-OHL-S-2.0 CERN-OHL-W-2.0 OFL-1.1
    """.split()  # noqa: SIM905
)


def is_date(text: str) -> bool:
    """YYYY-MM-DD (ISO 8601), and a day of the calendar."""
    return bool(_DATE.fullmatch(text)) and _parses(date.fromisoformat, text) and in_our_time(text)


def is_local_datetime(text: str) -> bool:
    """YYYY-MM-DD, T or a space, HH:MM and perhaps :SS, no offset; see `local_time_exists` for its zone."""
    return bool(_LOCAL_DATETIME.fullmatch(text)) and _parses(datetime.fromisoformat, text) and in_our_time(text)


def in_our_time(text: str) -> bool:
    """Tell whether a date, or one with a time, lies in 1900 to 2199: others are mistyped, and time zones end with the calendar."""
    return "1900" <= text[:4] <= "2199"


def is_uri_http(text: str) -> bool:
    """An http or https address (RFC 3986, 3987) with a public host, no credentials and nothing invisible."""
    if _NOT_IN_URI.search(text) or any(category(c) in {"Cc", "Cf", "Zs", "Cn", "Co", "Cs"} for c in text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or port == 0:
        return False
    return not parts.netloc.endswith(":") and _is_host(parts.hostname or "", parts.netloc)


def is_insee(text: str) -> bool:
    """The code of a French commune: five characters, its department first (2A, 2B: Corsica)."""
    return bool(_INSEE.fullmatch(text))


def is_siren(text: str) -> bool:
    """A SIREN: nine digits, the last of which checks the others (Luhn, ISO/IEC 7812-1)."""
    if not _SIREN.fullmatch(text):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(text))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0


def is_slug(text: str) -> bool:
    """Lower-case ASCII letters and digits, with single hyphens between: an id, and a part of an address."""
    return bool(_SLUG.fullmatch(text))


def is_timezone(text: str) -> bool:
    """A name of the IANA time zone database."""
    return text in _timezones()


def is_language(text: str) -> bool:
    """A language tag in canonical case: `fr`, `en-GB`, `sr-Latn` (BCP 47: language, script, region)."""
    found = _LANGUAGE.fullmatch(text)
    return found is not None and (len(found.group(1)) > len("fr") or found.group(1) in _ISO_639_1)


def is_spdx(text: str) -> bool:
    """The id of a licence that people use for what is published here (see `LICENCES`)."""
    return text in LICENCES


def is_file_name(text: str) -> bool:
    """The bare name of a file, safe in an address and on every system: ASCII, no folder, no leading dot."""
    portable = len(text) <= _MAX_FILE_NAME and not _WINDOWS_DEVICE.fullmatch(text)
    return portable and bool(_FILE_NAME.fullmatch(text))


def is_colour(text: str) -> bool:
    """An opaque colour in hexadecimal (CSS Color 4): #rgb or #rrggbb. Its contrast can be computed."""
    return bool(_COLOUR.fullmatch(text))


def is_regex(text: str) -> bool:
    """A regular expression (as Python reads it, which covers what our schemas use of ECMA-262)."""
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def local_time_exists(naive: datetime, zone: tzinfo) -> bool:
    """Tell whether clocks in a zone ever show this time: not in the hour skipped in spring (PEP 495)."""
    there_and_back = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None, fold=0) == naive.replace(tzinfo=None, fold=0)


def _checker() -> FormatChecker:
    tests: dict[str, Callable[[str], bool]] = {
        "date": is_date,
        "local-datetime": is_local_datetime,
        "uri-http": is_uri_http,
        "rrule": is_rrule,
        "insee": is_insee,
        "siren": is_siren,
        "slug": is_slug,
        "timezone": is_timezone,
        "language": is_language,
        "spdx": is_spdx,
        "file-name": is_file_name,
        "colour": is_colour,
        "regex": is_regex,
    }
    checker = FormatChecker(formats=())
    for name, test in tests.items():
        checker.checks(name)(_of_strings(test))
    return checker


def _of_strings(test: Callable[[str], bool]) -> Callable[[object], bool]:
    """A format says nothing of what is no text (JSON Schema, validation 7.1)."""
    return lambda instance: not isinstance(instance, str) or test(instance)


FORMATS: Final = _checker()
"""Pass this to every validator: `Draft202012Validator(schema, format_checker=FORMATS)`."""


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime", "Factory", "posixrules"})


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _is_host(host: str, netloc: str) -> bool:
    if netloc.startswith("["):  # an IPv6 address, which urlsplit has checked
        return True
    try:
        labels = host.encode("idna").decode("ascii").removesuffix(".").split(".")
    except UnicodeError:
        return False
    if not all(_HOST_LABEL.fullmatch(label) for label in labels):
        return False
    return len(labels) > 1 or labels == ["localhost"]
