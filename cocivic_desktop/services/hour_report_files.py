"""Reports of hours as files (CSV, XLSX, DOCX), in the language of the document, with the names that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cocivic_desktop.domain.base import fold, utc_now
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import HourReport, ReportPeriod
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.hour_grid import ReportGrid, grid
from cocivic_desktop.domain.rules.hour_report import HEADS_KEY, GroupBy, column_of, kinds_of, rows_of
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import Labels, labels
from cocivic_desktop.services import organisation_files
from cocivic_desktop.services.hour_reports import HourTable, ReportEntry, entries, run

if TYPE_CHECKING:
    from cocivic_desktop.documents.hour_report import ReportText, ReportValue
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.tables.hours_xlsx import EntryRow, ValueRow

WORDS: Final = "hour_report.toml"
MOST_ENTRIES: Final = 20_000
"""Entries that a workbook lists: 200,000 took 940 MB of memory."""
SUFFIXES: Final = (".xlsx", ".docx", ".csv")


class NamesIn(StrEnum):
    """Whose names stand in a file. Learners never stand in one by name unless that was asked for."""

    NONE = "none"
    ADULTS = "adults"
    ALL = "all"

    def shows(self, kind: PersonKind) -> bool:
        """Whether a person of this kind is named."""
        return self is NamesIn.ALL or (self is NamesIn.ADULTS and kind is not PersonKind.STUDENT)


def write_report(
    workspace: Workspace,
    report: HourReport,
    path: Path | str,
    language: str,
    today: date,
    *,
    names: NamesIn = NamesIn.ADULTS,
    force: bool = False,
) -> Path:
    """Write a report; the file's ending says in which form. Returns where it is.

    Raises `BadInput` for another ending, a language that documents are not written in, a file that is there (unless
    `force`) or cannot be written; `NotFound`.
    """
    from cocivic_desktop.files import write_whole

    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"“{Path(path).name}” has to end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    if language not in languages("documents"):
        raise BadInput(f"Documents are not written in “{language}”. There are: {', '.join(languages('documents'))}.")
    writer = _Writer(workspace, report, language, today, names)
    made = {".xlsx": writer.xlsx, ".docx": writer.docx, ".csv": writer.csv}[suffix]()
    return write_whole(path, made, force=force)


def write_entries(
    workspace: Workspace,
    report: HourReport,
    path: Path | str,
    today: date | None = None,
    *,
    names: NamesIn = NamesIn.ADULTS,
    force: bool = False,
) -> Path:
    """Write the entries of a report as CSV with the same columns in every language, to be read back.

    `today` decides over periods without days of their own; without it they cover everything.
    Raises `BadInput` as `write_report` does.
    """
    from cocivic_desktop.files import write_whole
    from cocivic_desktop.tables.hours_csv import HourCsvRow, hours_csv

    content = hours_csv(
        HourCsvRow(
            worked_on=one.worked_on,
            start_time=one.start_time,
            person=one.person if names.shows(one.kind) else "",
            head_count=one.head_count,
            role=one.role or ("" if names.shows(one.kind) else one.kind.value),
            minutes=one.minutes,
            category=one.category.value,
            state=one.state.value,
            partnership=one.partnership,
            activity=one.activity,
            remark=one.remark if names.shows(one.kind) else "",
        )
        for one in entries(workspace, report, today or date.min)
    )
    return write_whole(path, content, force=force)


def file_name(workspace: Workspace, report: HourReport, language: str, suffix: str) -> str:
    """A name for the file in the document's language."""
    from cocivic_desktop.files import safe_file_name

    words = labels(language, WORDS)
    return safe_file_name(words.text("file", what=report.title or _subject(workspace, report, words)), suffix)


def _subject(workspace: Workspace, report: HourReport, words: Labels) -> str:
    if report.partnership_id is None:
        return words["everything"]
    with workspace.read() as unit:
        return unit.get(Partnership, report.partnership_id).title


class _Writer:
    """One report, reckoned once, in the words of a language."""

    def __init__(self, workspace: Workspace, report: HourReport, language: str, today: date, names: NamesIn) -> None:
        self._workspace, self._report, self._today, self._names = workspace, report, today, names
        self._words, self._fixed = labels(language, WORDS), labels(language)
        with workspace.read() as unit:
            self._table = run(workspace, report, today)
            ours = unit.first(Organisation, is_ours=True)
            by_person = GroupBy.PERSON in (*rows_of(report), column_of(report))
            kinds = {one.id.hex: one.kind for one in unit.find(Person, archived=None)} if by_person else {}
        self._our_name = ours.name if ours is not None else self._fixed["side.cso"]
        self._letterhead = tuple(ours.letterhead.splitlines()) if ours is not None else ()
        self._people = _Numbered(self._table.names, kinds, names, self._words, self._fixed)
        self._title = report.title or self._words.text("title", what=_subject(workspace, report, self._words))

    def csv(self) -> bytes:
        """The table of the report, hours as decimal numbers."""
        from cocivic_desktop.tables.hours_csv import report_csv

        return report_csv(self._grid(), [self._words[f"head.{name}"] for name in ("total", "confirmed", "entries")])

    def xlsx(self) -> bytes:
        """The workbook, with all entries."""
        from cocivic_desktop.tables.hours_xlsx import HourBook, hours_xlsx

        book = HourBook(
            title=self._title,
            period=self._period(),
            words={key: self._words[key] for key in self._words},
            grid=self._grid(),
            about=[*self._about(), *self._left_out()],
            entries=self._entries(),
            values=self._values(),
            author=self._our_name,
            made_at=utc_now(),
        )
        return hours_xlsx(book)

    def docx(self) -> bytes:
        """The document on our letterhead."""
        from cocivic_desktop.documents.hour_report import ReportText, hour_report
        from cocivic_desktop.documents.plain_docx import simple_bytes

        file = organisation_files.letterhead(self._workspace)
        rows, column = rows_of(self._report), column_of(self._report)
        by = " / ".join(self._words[f"by.{one.value}"] for one in rows)
        heading = (
            self._words.text("heading.report_columns", rows=by, column=self._words[f"by.{column.value}"])
            if column is not None
            else self._words.text("heading.report", rows=by)
        )
        content: ReportText = ReportText(
            title=self._title,
            subtitle=f"{self._period()}\n{self._our_name}",
            heading=heading,
            grid=self._grid(),
            about=self._about()[2:],
            value=self._value_text(),
            author=self._our_name,
            letterhead=self._letterhead if file is None else (),
            letterhead_file=file,
            logo=organisation_files.logo(self._workspace) if file is None else None,
            made_at=utc_now(),
        )
        return simple_bytes(hour_report(content, self._words, self._fixed))

    @property
    def _too_many(self) -> bool:
        return self._table.pivot.total.entries > MOST_ENTRIES

    def _grid(self) -> ReportGrid:
        return grid(self._table.pivot, lambda by: self._words[f"by.{by.value}"], self._label)

    def _label(self, by: GroupBy, key: str) -> str:
        words, fixed = self._words, self._fixed
        match by:
            case GroupBy.PERSON:
                return self._people.name(key)
            case GroupBy.KIND:
                return fixed.get(f"person_kind.{key}", key)
            case GroupBy.SIDE:
                return fixed.get(f"side.{key}", key)
            case GroupBy.CATEGORY:
                return fixed.get(f"hour_category.{key}", key)
            case GroupBy.STATE:
                return fixed.get(f"hour_state.{key}", key)
            case GroupBy.MONTH:
                return fixed.text("date.month_year", month=fixed.month(int(key[5:7])), year=key[:4])
            case GroupBy.ROLE:
                return _role(key, fixed) or words["none.role"]
            case _:
                return self._table.names.get(key) or words.get(f"none.{by.value}", key)

    def _period(self) -> str:
        return period_text(self._table, self._words, self._fixed)

    def _about(self) -> list[tuple[str, str]]:
        """What the figures mean, for whoever reads the file later."""
        words, report = self._words, self._report
        kinds = ", ".join(self._fixed[f"person_kind.{kind.value}"] for kind in PersonKind if kind in kinds_of(report))
        return [
            (words["about.title"], self._title),
            (words["about.period"], self._period()),
            (words["about.made"], self._fixed.format_date(self._today)),
            (words["about.counted"], words[f"about.counted_{'confirmed' if report.confirmed_only else 'all'}"]),
            (words["about.kinds"], kinds or words["about.kinds_all"]),
            (words["about.names"], words[f"about.names_{self._names.value}"]),
            (words["about.heads"], words["about.heads_rule"]),
            (words["about.unit"], words["about.unit_rule"]),
        ]

    def _left_out(self) -> list[tuple[str, str]]:
        if not self._too_many:
            return []
        count = self._fixed.format_number(self._table.pivot.total.entries)
        return [(self._words["about.entries"], self._words.text("about.entries_left_out", count=count))]

    def _entries(self) -> list[EntryRow]:
        from cocivic_desktop.tables.hours_xlsx import EntryRow

        if self._too_many:
            return []
        found = entries(self._workspace, self._report, self._today)
        return [
            EntryRow(
                worked_on=one.worked_on,
                person=self._person_of(one),
                head_count=one.head_count,
                role=_role(one.role, self._fixed),
                minutes=one.minutes,
                category=self._fixed[f"hour_category.{one.category.value}"],
                state=self._fixed[f"hour_state.{one.state.value}"],
                partnership=one.partnership,
                activity=one.activity,
                remark=one.remark if self._names.shows(one.kind) else "",
            )
            for one in found
        ]

    def _person_of(self, one: ReportEntry) -> str:
        if one.person_id is None:
            return ""
        if self._names.shows(one.kind):
            return one.person
        return self._people.number(one.person_id.hex, one.kind)

    def _values(self) -> list[ValueRow]:
        from cocivic_desktop.tables.hours_xlsx import ValueRow

        value = self._table.value
        if value is None:
            return []
        words = self._words
        rated = [
            ValueRow(
                year=line.rate.year,
                category=self._category(line.rate.category),
                minutes=line.minutes,
                rate_cents=line.rate.amount_cents,
                currency=line.rate.currency,
                cents=line.cents,
                source=line.rate.source,
            )
            for line in value.lines
        ]
        unrated = [
            ValueRow(
                year=one.year,
                category=self._category(one.category),
                minutes=one.minutes,
                rate_cents=None,
                currency="",
                cents=None,
                source=words["value.no_rate"],
            )
            for one in value.without_rate
        ]
        return [*rated, *unrated]

    def _value_text(self) -> ReportValue | None:
        from cocivic_desktop.documents.hour_report import ReportValue

        value = self._table.value
        if value is None:
            return None
        words, fixed = self._words, self._fixed
        rows = [
            [
                str(one.year),
                one.category,
                fixed.format_number(one.minutes / 60, 2),
                "–" if one.rate_cents is None else self._money(one.rate_cents, one.currency),
                "–" if one.cents is None else self._money(one.cents, one.currency),
                one.source,
            ]
            for one in self._values()
        ]
        sums = [words.text("value.sum", amount=self._money(cents, unit)) for unit, cents in value.totals.items()]
        notes = []
        if value.without_rate:
            missing = sum(one.minutes for one in value.without_rate)
            years = ", ".join(str(year) for year in sorted({one.year for one in value.without_rate}))
            notes.append(words.text("value.missing", hours=fixed.format_hours(missing), years=years))
        return ReportValue(rows=rows, sums=sums if rows else [words["value.none"]], notes=notes)

    def _category(self, category: object) -> str:
        return self._words["value.all"] if category is None else self._fixed[f"hour_category.{category}"]

    def _money(self, cents: int, currency: str) -> str:
        return f"{self._fixed.format_number(cents / 100, 2)} {currency}"


def period_text(table: HourTable, words: Labels, fixed: Labels) -> str:
    """Which days a report covers; for a whole partnership those on which somebody worked."""
    if table.report.period is ReportPeriod.PARTNERSHIP or (table.first is None and table.last is None):
        if table.worked_first is None:
            return words["nothing"]
        whole = "whole_time" if table.report.partnership_id is not None else "whole_time_all"
        return words.text(whole, span=fixed.format_period(table.worked_first, table.worked_last))
    return fixed.format_period(table.first, table.last)


def _role(role: str, fixed: Labels) -> str:
    """A role in the document's language where it is one that the program gives, such as "students"."""
    code = fold(role).strip()
    return fixed.get(f"person_kind.{code}", "") or fixed.get(f"person_kind.{code.removesuffix('s')}", role.strip())


class _Numbered:
    """Names of people, or a kind and a number in their place, the same wherever they stand in a file."""

    def __init__(
        self,
        names: Mapping[str, str],
        kinds: dict[str, PersonKind],
        allowed: NamesIn,
        words: Labels,
        fixed: Labels,
    ) -> None:
        self._names, self._kinds, self._allowed, self._words, self._fixed = names, kinds, allowed, words, fixed
        self._numbers: dict[str, str] = {}
        self._counts: dict[PersonKind, int] = {}

    def name(self, key: str) -> str:
        """How the key of a person reads."""
        if key.startswith(HEADS_KEY):
            role = _role(key.removeprefix(HEADS_KEY), self._fixed)
            return self._words.text("heads.group", role=role) if role else self._words["none.person"]
        kind = self._kinds.get(key, PersonKind.OTHER)
        return self._names.get(key, "") if self._allowed.shows(kind) else self.number(key, kind)

    def number(self, key: str, kind: PersonKind) -> str:
        """Such as "Learner 3"."""
        if key not in self._numbers:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._numbers[key] = self._words.text(
                "heads.numbered", kind=self._fixed[f"person_kind.{kind.value}"], number=self._counts[kind]
            )
        return self._numbers[key]
