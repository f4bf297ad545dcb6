"""Public holidays known without a network, from the `holidays` package.

Feasts that depend on the moon are calculated for days to come: they are marked as estimates until they are past, and
so is everything that the package labels as one (domain.md, "School calendar facts that matter").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import ReadEvent
from cocivic_desktop.domain.school_years import PeriodKind

MAX_YEARS = 12
_LUNAR = re.compile(
    r"\b(?:Eid|Ramadan|Arafa|Ashura|Hijri|Islamic|Prophet|Mawlid|Isra|Laylat|Nuzul|Muharram)", re.IGNORECASE
)
"""English names of feasts of the lunar calendar, as the package writes them."""


@dataclass(frozen=True)
class PublicHolidays:
    """Public holidays by day, and whether the region's own ones are among them."""

    events: list[ReadEvent]
    region_known: bool


def public_holidays(
    country: str, region: str = "", *, first: date, last: date, today: date, language: str | None = None
) -> PublicHolidays:
    """The public holidays of a country and region from `first` to `last`, one event per day.

    `country` is ISO 3166-1 alpha-2, `region` the subdivision part of ISO 3166-2. `language` (such as "de") chooses the
    names where the package has them; otherwise they are in the country's own. Lunar feasts after `today` are
    estimates. Raises `BadInput` for an unknown country and for spans of more than `MAX_YEARS` years.
    """
    import holidays
    from holidays.groups.islamic import IslamicHolidays

    country = country.strip().upper()
    region = region.strip().upper().removeprefix(f"{country}-")
    supported = holidays.list_supported_countries()
    if country not in supported:
        raise BadInput(
            f"No public holidays are known for the country “{country}”. "
            "Set the school's country as two letters, such as DE."
        )
    if last.year - first.year >= MAX_YEARS:
        raise BadInput(f"Public holidays are added for at most {MAX_YEARS} years at once.")
    region_known = not region or region in supported[country]
    subdivision = region if region and region_known else None
    years = range(first.year, last.year + 1)
    days = holidays.country_holidays(country, subdiv=subdivision, years=years, language=_language(country, language))
    lunar: frozenset[date] = frozenset()
    if isinstance(days, IslamicHolidays):
        english = holidays.country_holidays(country, subdiv=subdivision, years=years, language=_language(country, "en"))
        lunar = frozenset(day for day, name in english.items() if _LUNAR.search(name))
    markers = _estimate_markers(days)
    events: list[ReadEvent] = []
    for day, names in sorted(days.items()):
        if first <= day <= last:
            name, estimate = _without_markers(names, markers)
            uid = f"{country}-{region or 'all'}-{day:%Y%m%d}"
            estimate = estimate or (day in lunar and day > today)
            events.append(ReadEvent(uid, name[:200], day, day, PeriodKind.PUBLIC_HOLIDAY, estimate=estimate))
    return PublicHolidays(events, region_known)


def _language(country: str, wanted: str | None) -> str | None:
    """The package's code of a language for a country, else the country's own; never that of the machine."""
    import holidays

    known = holidays.list_localized_countries().get(country, [])
    own = getattr(holidays.country_holidays(country), "default_language", None)
    return next((code for code in known if wanted and wanted in (code, code.split("_")[0])), own)


def _estimate_markers(days: object) -> list[str]:
    """What the package adds to the names of estimated days, in the language of the names, such as `(estimated)`."""
    translate = getattr(days, "tr", str)
    found = []
    for attribute in ("estimated_label", "observed_estimated_label"):
        label = getattr(days, attribute, "")
        if label:
            found += [text.replace("%s", "").strip() for text in (str(translate(label)), str(label))]
    return [marker for marker in dict.fromkeys([*found, "(estimated)"]) if marker]


def _without_markers(names: str, markers: list[str]) -> tuple[str, bool]:
    estimate = False
    for marker in markers:
        if marker in names:
            estimate = True
            names = names.replace(marker, "")
    return "; ".join(" ".join(name.split()) for name in names.split(";")), estimate
