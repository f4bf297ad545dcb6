"""What reading a school's calendar from a file gives, whatever the format, and what its events mean.

Nothing is left out in silence: each event that cannot be used is a `Skipped` with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.school_years import PeriodKind


class EndDates(StrEnum):
    """How a file gives the last day of a period."""

    EXCLUSIVE = "exclusive"
    """The day after the last one, as RFC 5545 says."""
    INCLUSIVE = "inclusive"
    DOUBTFUL = "doubtful"
    """Read as the format's standard says, but the days look as if the other were meant; ask."""


@dataclass(frozen=True)
class EndsExample:
    """One period of a file, with the last day that it would have under each way of counting."""

    name: str
    starts_on: date
    inclusive: date
    exclusive: date


@dataclass(frozen=True)
class ReadEvent:
    """A span of whole days read from a file, both inclusive. `kind` is None when it does not close the school."""

    uid: str
    summary: str
    starts_on: date
    ends_on: date
    kind: PeriodKind | None = None
    categories: tuple[str, ...] = ()
    estimate: bool = False
    local: bool = False
    """Applies to a part of the region only (an island, a town); not chosen by itself."""
    remark: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Skipped:
    """Something that was not read, or read with a doubt: what it is, why, and the facts of the reason."""

    what: str
    reason_code: str
    parameters: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class TableColumns:
    """Which column of a table is what, by their numbers from 0; None where there is none."""

    start: int | None = None
    end: int | None = None
    name: int | None = None
    kind: int | None = None
    month_first: bool | None = None
    """Whether dates with slashes write the month first; None means: find out."""


@dataclass(frozen=True)
class TableShape:
    """The columns of a table that is none of the known formats: their heads, an example of each, and what they are."""

    heads: tuple[str, ...]
    samples: tuple[str, ...]
    columns: TableColumns
    recognised: bool
    """False when no column of dates was found: somebody has to say."""


@dataclass(frozen=True)
class ReadResult:
    """The events of a file, what was skipped, and remarks on what was read otherwise than written."""

    events: list[ReadEvent]
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Skipped] = field(default_factory=list)
    name: str = ""
    """The calendar's own name or producer, which tells one source from another."""
    encoding: str = "utf-8"
    ends: EndDates = EndDates.EXCLUSIVE
    ends_example: EndsExample | None = None
    """A period of several days whose end can be read in two ways; None where there is none."""
    table: TableShape | None = None
    """The columns of a table whose format is not a known one."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{text})")


_OPEN = _words(
    r"early (?:dismissal|release)|delayed opening|late (?:start|arrival)|half[- ]day(?! holiday)|first day|last day|"
    r"erster schultag|letzter schultag|unterrichtsbeginn|unterrichtsende|schulbeginn|schulanfang|einschulung|zeugnis|"
    r"primer dia|ultimo dia|inicio de(?:l curso| las clases)|fin de(?:l curso| las clases)|"
    r"okullarin acilisi|ilk ders gunu|son ders gunu|inceputul cursurilor|sfarsitul cursurilor|"
    r"parent|conference|elternabend|elternsprechtag|back to school|orientation|open (?:day|house)|tag der offenen tur|"
    r"graduation|concert|term starts|start of term|end of term"
)
_CLOSED = _words(
    r"no school|no classes|school(?:s)? closed|district closed|offices closed|closed|closure|non[- ]teaching|"
    r"professional development|inset|staff (?:development|training) day|teacher(?:s)?(?: work)?day|"
    r"unterrichtsfrei|schulfrei|bruckentag|kein unterricht|padagogischer tag|studientag|schilf|schulentwicklungstag|"
    r"no lectivo|sin clase|sense classe|okul yok|zi libera|blocked|gesperrt"
)
_EXAMS = _words(
    r"exam|finals\b|assessment|test(?:s|ing)? (?:week|period|window)|standardi[sz]ed test|"
    r"prufung|abitur|klausur|abschlussarbeit|leistungsfeststellung|matura\b|"
    r"evaluacion|recuperacion(?:es)?\b|selectividad|ebau\b|"
    r"sinav|bacalaureat|esam[ei]|scrutini|egzamin|matury\b|vizsga|erettsegi|zkousk|maturit"
)
_ACCREDITATION = _words(
    r"accreditation|akkreditierung|zertifizierung|acreditacion|akreditasyon|acreditare|accreditamento"
)
_PUBLIC = _words(
    r"public holiday|bank holiday|federal holiday|national holiday|feiertag|gesetzlicher feiertag|festivo|"
    r"fiesta nacional|"
    r"resmi tatil|milli bayram|sarbatoare legala|jour ferie|festa nazionale|"
    r"labou?r day|memorial day|independence day|columbus day|mlk|martin luther king|presidents'? day|juneteenth|"
    r"thanksgiving day|new year'?s? day|christmas day|boxing day|good friday|easter monday|epiphany|whit monday|"
    r"neujahr|karfreitag|ostermontag|tag der arbeit|maifeiertag|himmelfahrt|christi himmelfahrt|pfingstmontag|"
    r"tag der deutschen einheit|reformationstag|allerheiligen|fronleichnam|heilige drei konige|buss- und bettag|"
    r"ano nuevo|viernes santo|dia del trabajo|dia de la (?:hispanidad|constitucion)|todos los santos|inmaculada|"
    r"yilbasi|ramazan bayrami|kurban bayrami|cumhuriyet bayrami|zafer bayrami|ulusal egemenlik|"
    r"yom kippur|rosh hashanah|eid\b|diwali"
)
_HOLIDAYS = re.compile(
    r"holidays?\b|vacation|\bbreak\b|recess\b|half[- ]term|ferien|vacaciones|vacances|vacanz|vacanta|vacante|ferias\b|"
    r"tatil|prazdnin|ferie\b|szunet|loma\b|lov\b|bayram|carnaval|semana santa|ara donem"
)
_BREAK_CATEGORIES = frozenset({"break", "holiday", "holidays", "ferien", "vacation", "recess"})
_CLOSED_CATEGORIES = frozenset({"no-school", "no school", "closed", "closure"})


def guess_kind(summary: str, categories: tuple[str, ...] = ()) -> PeriodKind | None:
    """What an event of a school's calendar means, from its words in several languages; None: the school is open.

    A guess to be shown and corrected. Words that say "open" (early dismissal) go before the name of a holiday.
    """
    text = " ".join(fold(summary).replace("_", " ").split())
    names = frozenset(fold(category).strip() for category in categories)
    if _ACCREDITATION.search(text):
        return PeriodKind.ACCREDITATION_DEADLINE
    if _OPEN.search(text):
        return None
    holidays = _HOLIDAYS.search(text)
    if not holidays and (_EXAMS.search(text) or _COMPOUND_EXAMS.search(text)):
        return PeriodKind.ASSESSMENT
    if _PUBLIC.search(text) and "ferien" not in text:
        return PeriodKind.PUBLIC_HOLIDAY
    if holidays or names & _BREAK_CATEGORIES:
        return PeriodKind.HOLIDAY
    if _CLOSED.search(text) or names & _CLOSED_CATEGORIES:
        return PeriodKind.BLOCKED
    return None


_COMPOUND_EXAMS = re.compile(r"prufung(?:en|swoche|szeit)?\b|klausur(?:en|woche)?\b|exam(?:en(?:es)?|s)?\b")
"""Words that stand at the end of a compound, such as `Abschlussprüfungen`."""
