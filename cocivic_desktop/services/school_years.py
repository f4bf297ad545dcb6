"""School years: creating them, filling them from files (`school_year_files`) and known holidays, reading them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.rules.teaching_weeks import YearView, join_years, year_view
from cocivic_desktop.domain.school_years import (
    CalendarPeriod,
    LessonTime,
    PeriodKind,
    PeriodSource,
    SchoolYear,
    Term,
)
from cocivic_desktop.services.school_year_files import ImportPreview, PreviewPeriod, read_calendar_file
from cocivic_desktop.services.school_year_plan import PeriodPlan, Replaces, plan_import
from cocivic_desktop.services.school_year_upkeep import (
    copy_to_next_year,
    next_label,
    note_periods,
    note_year,
    place_period,
)

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

__all__ = [
    "ImportPreview",
    "PeriodPlan",
    "PreviewPeriod",
    "Replaces",
    "add_public_holidays",
    "compare",
    "copy_to_next_year",
    "create",
    "import_periods",
    "next_label",
    "note_periods",
    "note_year",
    "place_period",
    "plan_import",
    "read_calendar_file",
    "views_of_schools",
]

InYear = TypeVar("InYear", Term, CalendarPeriod, LessonTime)
MAX_CHOSEN = 2_000
"""Most periods imported at once into one school year."""


def create(
    workspace: Workspace,
    school_id: UUID,
    label: str,
    starts_on: date,
    ends_on: date,
    terms: Sequence[tuple[str, date, date]] = (),
) -> tuple[SchoolYear, Changes]:
    """A new school year, with terms given as name, first and last day. Raises `InvalidField`, `NotFound`."""
    with workspace.write("create_school_year", label=label) as unit:
        unit.get(Organisation, school_id)
        year = unit.add(SchoolYear(school_id=school_id, label=label, starts_on=starts_on, ends_on=ends_on))
        for position, (name, first, last) in enumerate(terms):
            unit.add(Term(school_year_id=year.id, name=name, starts_on=first, ends_on=last, position=position))
    return year, workspace.last_changes


def compare(
    workspace: Workspace,
    school_year_id: UUID,
    preview: ImportPreview,
    chosen: Iterable[int] | None = None,
    replaces: Replaces = Replaces.SAME_SOURCE,
) -> PeriodPlan:
    """What importing a file would change in a school year. Nothing is stored. Raises `NotFound`."""
    with workspace.read() as unit:
        unit.get(SchoolYear, school_year_id)
        existing = unit.find(CalendarPeriod, school_year_id=school_year_id, order="starts_on")
    return plan_import(existing, _chosen(preview, chosen), preview.source, preview.source_detail, replaces)


def usual_replaces(workspace: Workspace, school_year_id: UUID, preview: ImportPreview) -> Replaces:
    """What a file is taken to replace unless somebody says otherwise: what came from its source before, if anything.

    A year that holds nothing of that source was typed in, or its calendar has a new name: then everything of its kinds.
    """
    with workspace.read() as unit:
        known = unit.first(
            CalendarPeriod, school_year_id=school_year_id, source=preview.source, source_detail=preview.source_detail
        )
    return Replaces.SAME_SOURCE if known is not None else Replaces.EVERYTHING


def recall(workspace: Workspace, school_year_id: UUID, preview: ImportPreview) -> ImportPreview:
    """The same preview with what somebody decided at an earlier import of the same events: kept, and of which kind."""
    with workspace.read() as unit:
        stored = unit.find(CalendarPeriod, school_year_id=school_year_id, source=preview.source)
    known = {period.external_uid: period.kind for period in stored if period.external_uid}
    for each in preview.periods:
        if each.external_uid in known:
            each.kind, each.chosen, each.recognised = known[each.external_uid], True, True
    return preview


def import_periods(
    workspace: Workspace,
    school_year_id: UUID,
    preview: ImportPreview,
    chosen: Iterable[int] | None = None,
    *,
    today: date | None = None,
    replaces: Replaces = Replaces.SAME_SOURCE,
    spared: Collection[UUID] = (),
) -> tuple[PeriodPlan, Changes]:
    """Put a file's periods into a school year: all or nothing, one step of undo.

    `chosen` are positions in `preview.periods`; None means those marked as chosen. Periods that came from the same
    source before are brought up to date or go; nothing is doubled, and what was typed in stays. `today` is noted as
    the day on which the source was last looked at; stored periods in `spared` stay as they are. Raises
    `InvalidField`, `NotFound`, `BadInput`.
    """
    wanted = _chosen(preview, chosen)
    if len(wanted) > MAX_CHOSEN:
        raise BadInput(f"More than {MAX_CHOSEN} periods are too many for one school year. Nothing was imported.")
    with workspace.write("import_calendar", label=preview.source_detail[:80]) as unit:
        year = unit.get(SchoolYear, school_year_id)
        plan = _store(unit, year, wanted, preview.source, preview.source_detail, replaces, spared)
        year.source = preview.source_detail
        if today is not None:
            year.checked_on = today
    return plan, workspace.last_changes


def add_public_holidays(
    workspace: Workspace, school_year_id: UUID, *, today: date, language: str | None = None
) -> tuple[PeriodPlan, Changes]:
    """Add the public holidays of the school's country and region, known offline; again: brings them up to date.

    Feasts of the lunar calendar after `today` are marked as estimates. Raises `BadInput` when the school's country is
    unknown, `NotFound`.
    """
    from cocivic_desktop.calendars.public_holidays import public_holidays

    with workspace.read() as unit:
        year = unit.get(SchoolYear, school_year_id)
        school = unit.get(Organisation, year.school_id)
    if not school.country:
        raise BadInput(f"{school.name} has no country yet. Set it with the school, then add the public holidays.")
    known = public_holidays(
        school.country, school.region, first=year.starts_on, last=year.ends_on, today=today, language=language
    )
    detail = f"{school.country}-{school.region}" if school.region and known.region_known else school.country
    wanted = [
        PreviewPeriod(
            PeriodKind.PUBLIC_HOLIDAY,
            event.summary,
            event.starts_on,
            event.ends_on,
            estimate=event.estimate,
            external_uid=event.uid,
        )
        for event in known.events
    ]
    with workspace.write("add_public_holidays", label=year.label) as unit:
        plan = _store(unit, unit.get(SchoolYear, school_year_id), wanted, PeriodSource.OFFLINE, detail)
    return plan, workspace.last_changes


def views_of_schools(unit: UnitOfWork, school_ids: Iterable[UUID] | None = None) -> dict[UUID, YearView]:
    """All school years of each school as one view for the rules; schools without a year are missing."""
    if school_ids is None:
        years = unit.find(SchoolYear, order="starts_on")
    else:
        years = unit.find(SchoolYear, order="starts_on", school_id=list(school_ids))
    ids = [year.id for year in years]
    terms = _by_year(unit.find(Term, school_year_id=ids, order="starts_on"))
    periods = _by_year(unit.find(CalendarPeriod, school_year_id=ids, order="starts_on"))
    lessons = _by_year(unit.find(LessonTime, school_year_id=ids))
    schools = {
        school.id: school for school in unit.find(Organisation, archived=None, id=[year.school_id for year in years])
    }
    views: dict[UUID, list[YearView]] = {}
    for year in years:
        school = schools[year.school_id]
        view = year_view(
            year,
            terms.get(year.id, []),
            periods.get(year.id, []),
            lessons.get(year.id, []),
            zone=school.zone,
            deadline_notice_days=school.deadline_notice_days,
        )
        views.setdefault(year.school_id, []).append(view)
    return {school_id: joined for school_id, found in views.items() if (joined := join_years(found)) is not None}


def _by_year(items: Iterable[InYear]) -> dict[UUID, list[InYear]]:
    found: dict[UUID, list[InYear]] = {}
    for item in items:
        found.setdefault(item.school_year_id, []).append(item)
    return found


def _chosen(preview: ImportPreview, chosen: Iterable[int] | None) -> list[PreviewPeriod]:
    if chosen is None:
        return [period for period in preview.periods if period.chosen]
    try:
        return [preview.periods[number] for number in sorted(set(chosen))]
    except IndexError as error:
        raise BadInput("A chosen period is not in the file that was read. Nothing was imported.") from error


def _store(
    unit: UnitOfWork,
    year: SchoolYear,
    wanted: list[PreviewPeriod],
    source: PeriodSource,
    detail: str,
    replaces: Replaces = Replaces.SAME_SOURCE,
    spared: Collection[UUID] = (),
) -> PeriodPlan:
    existing = unit.find(CalendarPeriod, school_year_id=year.id, order="starts_on")
    plan = plan_import(existing, wanted, source, detail, replaces).sparing(spared)
    now = datetime.now(UTC)
    for period in plan.removed:
        unit.delete(period)
    for period, new in plan.changed:
        period.kind, period.name, period.estimate = new.kind, new.name, new.estimate
        if (period.starts_on, period.ends_on) != (new.starts_on, new.ends_on):
            period.starts_on, period.ends_on, period.confirmed_on = new.starts_on, new.ends_on, None
        period.source, period.source_detail = source, detail
        period.external_uid, period.imported_at = new.external_uid, now
    for new in plan.added:
        unit.add(
            CalendarPeriod(
                school_year_id=year.id,
                kind=new.kind,
                name=new.name,
                starts_on=new.starts_on,
                ends_on=new.ends_on,
                estimate=new.estimate,
                source=source,
                source_detail=detail,
                external_uid=new.external_uid,
                imported_at=now,
            )
        )
    return plan
