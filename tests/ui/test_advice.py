from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.domain.partnerships import Partnership, Task
from cocivic_desktop.services import advice, records
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui import overview
from cocivic_desktop.ui.context import Context

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_advice_is_worked_out_beside_the_window_and_kept(
    qtbot: QtBot, context: Context, partnership: Partnership
) -> None:
    advisor = context.advisor
    assert advisor.all() is None
    assert advisor.waiting() == [] and advisor.urgent_count() == 0
    with qtbot.waitSignal(advisor.ready):
        pass
    known = advisor.all()
    assert known == advice.advise(context.workspace, context.today())
    assert [one.count for one in advisor.waiting()] == [len(advisor.steps())]
    assert len(advisor.steps(most=1)) == 1
    assert advisor.all() is known
    assert not context.tasks.busy()


def test_a_change_makes_it_anew_and_shows_the_old_meanwhile(
    qtbot: QtBot, context: Context, partnership: Partnership
) -> None:
    advisor = context.advisor
    with qtbot.waitSignal(advisor.ready):
        assert advisor.of(partnership.id) is None
    before = advisor.steps(partnership.id)
    task = Task(partnership_id=partnership.id, title="Call the head", due_on=context.today() - timedelta(days=3))
    records.add(context.workspace, task)
    with qtbot.waitSignal(advisor.ready):
        assert advisor.steps(partnership.id) == before
    assert any(step.target.item == task.id for step in advisor.steps(partnership.id))


def test_a_new_day_makes_it_anew(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    with qtbot.waitSignal(context.advisor.ready):
        context.advisor.all()
    tomorrow = context.today() + timedelta(days=1)
    context.today = lambda: tomorrow
    with qtbot.waitSignal(context.advisor.ready):
        context.advisor.all()


def test_a_deleted_partnership_is_no_error(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    context.advisor.of(partnership.id)
    records.delete(context.workspace, Partnership, partnership.id)
    qtbot.waitUntil(lambda: not context.tasks.busy())
    with qtbot.waitSignal(context.advisor.ready):
        context.advisor.all()
    assert context.advisor.all() == {}


def test_another_workspace_shows_nothing_of_the_one_before(
    qtbot: QtBot, context: Context, partnership: Partnership, tmp_path: Path
) -> None:
    with qtbot.waitSignal(context.advisor.ready):
        context.advisor.all()
    context.advisor.of(partnership.id)
    with Workspace.create(tmp_path / "other.cocivic") as other:
        before, context.opened = context.opened, other
        context.events.workspace_opened.emit()
        assert context.advisor.waiting() == []
        with qtbot.waitSignal(context.advisor.ready):
            assert context.advisor.all() is None
        assert context.advisor.all() == {}
        context.opened = before


def test_dates_coming_up_are_in_order_of_time(workspace: Workspace) -> None:
    from cocivic_desktop.services.sample import create_sample

    today = date(2026, 9, 14)
    create_sample(workspace, today)
    coming = overview.upcoming(advice.advise(workspace, today).items(), 5)
    assert 0 < len(coming) <= 5
    assert [one.on for one in coming] == sorted(one.on for one in coming)
    assert all(today <= one.on <= today + timedelta(days=advice.COMING_DAYS) for one in coming)
