"""How far a period of a school's calendar can be relied on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from cocivic_desktop.domain.rules.period_standing import STALE_DAYS, Standing, period_standing
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodSource, SchoolYear

TODAY = date(2026, 12, 1)


def period(**fields: object) -> CalendarPeriod:
    values = {"name": "Exams", "starts_on": date(2027, 1, 11), "ends_on": date(2027, 1, 15)} | fields
    return CalendarPeriod(school_year_id=uuid4(), **values)  # type: ignore[arg-type]


def year(checked_on: date | None = None, confirmed_on: date | None = None) -> SchoolYear:
    return SchoolYear(
        school_id=uuid4(),
        label="2026/27",
        starts_on=date(2026, 8, 1),
        ends_on=date(2027, 7, 31),
        checked_on=checked_on,
        confirmed_on=confirmed_on,
    )


@pytest.mark.parametrize(
    ("fields", "of_year", "standing"),
    [
        ({}, {}, Standing.UNCHECKED),
        ({"ends_on": date(2026, 11, 30), "starts_on": date(2026, 11, 30)}, {}, Standing.PAST),
        ({"estimate": True}, {"confirmed_on": TODAY}, Standing.ESTIMATE),
        ({"source": PeriodSource.OFFLINE}, {}, Standing.BY_LAW),
        ({"checked_on": date(2026, 9, 2)}, {}, Standing.CHECKED),
        ({"checked_on": date(2026, 9, 1)}, {}, Standing.STALE),
        ({"confirmed_on": TODAY, "checked_on": TODAY}, {}, Standing.CONFIRMED),
        ({}, {"checked_on": date(2026, 11, 1), "confirmed_on": date(2026, 11, 1)}, Standing.CONFIRMED),
        ({"checked_on": date(2026, 6, 1)}, {"checked_on": date(2026, 11, 1)}, Standing.CHECKED),
        ({"imported_at": datetime(2026, 11, 20, tzinfo=UTC)}, {"confirmed_on": date(2026, 11, 1)}, Standing.CHECKED),
        ({"imported_at": datetime(2026, 10, 20, tzinfo=UTC)}, {"confirmed_on": date(2026, 11, 1)}, Standing.CONFIRMED),
    ],
)
def test_the_word_that_matters_most(fields: dict[str, object], of_year: dict[str, date], standing: Standing) -> None:
    assert period_standing(period(**fields), year(**of_year), TODAY).standing is standing


def test_the_days_are_told() -> None:
    found = period_standing(period(checked_on=date(2026, 6, 1)), year(), TODAY)
    assert found.days_since_check == 183
    assert found.days_since_check > STALE_DAYS
