from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import jsonschema
import pytest

from cocivic_desktop import paths
from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import Agreement, Clause, ClauseState
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Expectation, MatchState, Partnership, PipelineState
from cocivic_desktop.domain.rules.hour_checks import HourCheck
from cocivic_desktop.domain.school_years import PeriodKind, SchoolYear, Term
from cocivic_desktop.library import readiness
from cocivic_desktop.library.indicators import indicators_by_code
from cocivic_desktop.library.models import model
from cocivic_desktop.services import advice, hour_checks, sample, views
from cocivic_desktop.services.portable_schema import schema
from cocivic_desktop.services.sample_year import school_years
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 20)
DAYS = [
    TODAY, date(2026, 2, 28), date(2028, 2, 29), date(2026, 7, 31), date(2026, 8, 1), date(2026, 12, 24),
    date(2027, 4, 1), date(2027, 5, 19), date(2026, 10, 11), date(2027, 1, 1), date(2026, 6, 30),
]  # fmt: skip

HARD = ("closure", "public_holiday", "outside_term", "person_busy")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "sample.cocivic") as opened:
        yield opened


def test_the_sample_file_is_a_portable_file() -> None:
    data = json.loads((paths.resources() / "sample" / "sample.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema())(schema())
    assert [error.message for error in validator.iter_errors(data)] == []


def test_nobody_in_the_sample_is_real() -> None:
    text = (paths.resources() / "sample" / "sample.json").read_text(encoding="utf-8")
    addresses = re.findall(r"[\w.+-]+@([\w.-]+)", text)
    assert addresses
    assert all(address == "example.org" or address.endswith(".example.org") for address in addresses)


def test_it_shows_every_stage(workspace: Workspace) -> None:
    changes = sample.create_sample(workspace, TODAY)
    assert changes.touches("partnership", "clause")
    with workspace.read() as unit:
        assert unit.count(Organisation, is_ours=True) == 1
        assert {part.pipeline for part in unit.find(Partnership)} == set(PipelineState)
        assert len([model(part.model) for part in unit.find(Partnership) if part.model]) == 4
        main = {"agreement_id": sample.AGREEMENTS["main"]}
        states = {clause.state for clause in unit.find(Clause, agreement_id=main["agreement_id"])}
        assert states == set(ClauseState)
        hours = unit.find(HourEntry)
        assert len({entry.person_id for entry in hours} - {None}) >= 8
        assert min(entry.worked_on for entry in hours) < TODAY - timedelta(days=200)
        expectations = unit.find(Expectation)
        assert {one.side for one in expectations} == set(Side)
        assert {one.state for one in expectations} == set(MatchState)
        assert unit.count(Agreement, state="signed") == 1
        known = {question.code for question in readiness.questions()}
        assert {row[0] for row in unit.rows("SELECT question FROM readiness_answer")} <= known
        assert {row[0] for row in unit.rows("SELECT code FROM indicator")} <= set(indicators_by_code())
    assert advice.next_steps(workspace, TODAY)
    workspace.undo()
    with workspace.read() as unit:
        assert unit.count(Partnership) == unit.count(Term) == unit.count(Clause) == 0


@pytest.mark.slow
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_it_is_believable_on_any_day(workspace: Workspace, today: date) -> None:
    sample.write_records(workspace, today)
    with workspace.read() as unit:
        assert all(entry.worked_on <= today for entry in unit.find(HourEntry))
        years = unit.find(SchoolYear, order="starts_on")
        assert any(year.starts_on <= today <= year.ends_on for year in years)
        activities = {activity.id: activity for activity in unit.find(Activity)}
    main = views.partnership_view(workspace, sample.MAIN_PARTNERSHIP)
    found = {(conflict.code, conflict.activity_id) for conflict in main.conflicts}
    assert ("closure", sample.IN_HOLIDAY) in found
    assert ("assessment", sample.IN_ASSESSMENT) in found
    assert ("person_busy", sample.DOUBLE_BOOKED[0]) in found
    hard = {(code, id) for code, id in found if code in HARD}
    assert len(hard) == 2, [(code, activities[id].title) for code, id in hard if id in activities]
    abroad = views.partnership_view(workspace, sample.PARTNERSHIP_ABROAD).conflicts
    busy = {conflict.activity_id for conflict in abroad if conflict.code in HARD}
    assert busy == {sample.TWICE_IN_TWO_COUNTRIES}
    with workspace.read() as unit:
        odd = hour_checks.questions_of(unit, unit.find(HourEntry, order="start_time"), today)
    assert {id: [question.code for question in found] for id, found in odd.items()} == {
        sample.ODD_HOURS: [HourCheck.OVERLAP]
    }


def test_it_needs_an_empty_place(workspace: Workspace) -> None:
    sample.write_records(workspace, TODAY)
    with pytest.raises(BadInput, match="not empty"):
        sample.create_sample(workspace, TODAY)
    with workspace.read() as unit:
        assert unit.count(Partnership) == 10


@pytest.mark.parametrize("country", ["DE", "ES"])
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_school_years_follow_each_other(today: date, country: str) -> None:
    before, this, following = school_years(today, country)
    assert this.year.starts_on <= today <= this.year.ends_on
    assert this.year.starts_on == before.year.ends_on + timedelta(days=1)
    assert following.year.starts_on == this.year.ends_on + timedelta(days=1)
    assert this.year.confirmed_on is not None
    assert following.year.confirmed_on is None
    for one in (this, following):
        assert {period.kind for period in one.periods} == set(PeriodKind)
        assert all(first.ends_on < second.starts_on for first, second in pairwise(one.terms))
        assert all(one.year.starts_on <= p.starts_on <= p.ends_on <= one.year.ends_on for p in one.periods)
