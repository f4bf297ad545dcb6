"""The school-year plan by weeks, and the list of materials by week, as documents for the wall and the folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from cocivic_desktop.documents.content import Block, Heading, Note, Picture, SimpleDocument, Table
from cocivic_desktop.domain.plan_facts import PlanDate, PlanPeriod, PlanWeek, YearPlan
from cocivic_desktop.library.labels import Labels, labels

WORDS = "year_plan.toml"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Our letterhead: a file, or lines and a logo."""

    letterhead: tuple[str, ...] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None


PLAIN = Paper()


def plan_document(plan: YearPlan, language: str, paper: Paper = PLAIN) -> SimpleDocument:
    """The year by weeks, in a language."""
    words, fixed = labels(language, WORDS), labels(language)
    subtitle = words.text("plan.subtitle", partnership=plan.partnership, school=plan.school, year=plan.year)
    return _document(plan, language, words["plan.kind"], subtitle, tuple(_plan(plan, words, fixed)), paper)


def materials_document(plan: YearPlan, language: str, paper: Paper = PLAIN) -> SimpleDocument:
    """The materials of the weeks from the plan's day on, in a language."""
    words, fixed = labels(language, WORDS), labels(language)
    subtitle = words.text(
        "materials.subtitle", partnership=plan.partnership, school=plan.school, date=fixed.format_date(plan.as_of)
    )
    return _document(plan, language, words["materials.kind"], subtitle, tuple(_materials(plan, words, fixed)), paper)


def _document(
    plan: YearPlan, language: str, kind: str, subtitle: str, blocks: tuple[Block, ...], paper: Paper
) -> SimpleDocument:
    words, fixed = labels(language, WORDS), labels(language)
    return SimpleDocument(
        title=kind,
        language=language,
        words=fixed,
        subtitle=subtitle,
        blocks=blocks,
        header=f"{kind} · {plan.partnership}",
        footer=words.text("footer", date=fixed.format_date(plan.as_of)),
        letterhead=paper.letterhead,
        letterhead_file=paper.letterhead_file,
        logo=paper.logo,
        author=plan.organisation,
    )


def _plan(plan: YearPlan, words: Labels, fixed: Labels) -> Iterator[Block]:
    if plan.has_year:
        yield words["plan.intro"]
    if not any(week.dates for week in plan.weeks):
        yield words["no_dates"]
    head = [words["column.week"], words["column.days"], words["column.school"], words["column.dates"]]
    for term, weeks in groupby(_with_terms(plan.weeks), key=lambda one: one[0]):
        if term:
            yield Heading(term)
        rows = [_row(some, plan, words, fixed) for some in _merged([one for _, one in weeks])]
        yield Table(head=head, rows=rows, widths=(18, 19, 27, 54))
    if plan.has_year:
        on = plan.confirmed_on
        yield Note(words.text("confirmed", date=fixed.format_date(on)) if on is not None else words["unconfirmed"])


def _with_terms(weeks: Sequence[PlanWeek]) -> Iterator[tuple[str, PlanWeek]]:
    """Weeks between the terms belong to the term before; those before the first, to the first."""
    term = next((week.term for week in weeks if week.term), "")
    for week in weeks:
        term = week.term or term
        yield term, week


def _merged(weeks: Sequence[PlanWeek]) -> Iterator[list[PlanWeek]]:
    """Weeks without teaching and without dates of ours that follow each other, as one."""
    for quiet, some in groupby(weeks, key=lambda week: week.number is None and not week.dates):
        if quiet:
            yield list(some)
        else:
            for week in some:
                yield [week]


def _row(weeks: list[PlanWeek], plan: YearPlan, words: Labels, fixed: Labels) -> list[str]:
    first, last = weeks[0], weeks[-1]
    number = words.text("week", number=first.number) if first.number is not None else words["no_teaching"]
    if not plan.has_year:
        number = ""
    if first.number is not None and plan.letters_used:
        number += f" {first.letter}"
    periods = list(dict.fromkeys(period for week in weeks for period in week.periods))
    return [
        number,
        days_text(first.monday, last.monday + timedelta(days=4), fixed),
        "\n".join(period_text(period, words, fixed) for period in periods),
        "\n".join(date_text(one, words, fixed) for week in weeks for one in week.dates),
    ]


def days_text(first: date, last: date, fixed: Labels) -> str:
    """Days of a week in few letters, such as "14/09 – 18/09"."""
    return f"{short_day(first, fixed)} – {short_day(last, fixed)}" if first != last else short_day(first, fixed)


def short_day(day: date, fixed: Labels) -> str:
    """Day and month as the language writes them, without the year."""
    text = fixed.format_date(day, "short").replace(f"{day.year}", "")
    return text.strip("/-. ") + ("." if fixed.language == "de" else "")


def period_text(period: PlanPeriod, words: Labels, fixed: Labels) -> str:
    """A period of the school with its days, where it is shorter than a week."""
    name = words.text("closed", name=period.name) if period.closes else period.name
    if period.starts_on == period.ends_on:
        return f"{fixed.weekday(period.starts_on.weekday(), short=True)} {short_day(period.starts_on, fixed)}: {name}"
    return f"{days_text(period.starts_on, period.ends_on, fixed)}: {name}"


def date_text(one: PlanDate, words: Labels, fixed: Labels) -> str:
    """A date of ours on one line."""
    day = f"{fixed.weekday(one.on.weekday(), short=True)} {short_day(one.on, fixed)}"
    clock = f" {one.starts_at:%H:%M}–{one.ends_at:%H:%M}" if one.starts_at and one.ends_at else ""
    place = f", {one.place}" if one.place else ""
    state = words["cancelled"] if one.cancelled else words["tentative"] if one.tentative else ""
    return f"{day}{clock}  {one.title}{place}" + (f" ({state})" if state else "")


def _materials(plan: YearPlan, words: Labels, fixed: Labels) -> Iterator[Block]:
    yield words["materials.intro"]
    found = False
    head = [words[f"column.{key}"] for key in ("date", "what", "place", "material")]
    for week in plan.weeks:
        rows: list[list[str]] = []
        for one in week.dates:
            if one.materials and not one.cancelled and one.on >= plan.as_of:
                day = f"{fixed.weekday(one.on.weekday(), short=True)} {short_day(one.on, fixed)}"
                clock = f"\n{one.starts_at:%H:%M}" if one.starts_at else ""
                key = "learner" if one.learners == 1 else "learners"
                many = f"\n{words.text(key, count=one.learners)}" if one.learners else ""
                rows.append(
                    [day + clock, one.title + many, one.place, "\n".join(f"☐ {item}" for item in one.materials)]
                )
        if rows:
            found = True
            title = words.text("week", number=week.number) if week.number is not None else words["no_teaching"]
            days = days_text(week.monday, week.monday + timedelta(days=4), fixed)
            yield Heading(f"{title} · {days}" if plan.has_year else days, level=2)
            yield Table(head=head, rows=rows, widths=(16, 34, 26, 42))
    if not found:
        yield words["no_materials"]
