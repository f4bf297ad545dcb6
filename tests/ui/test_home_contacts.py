"""Home shows whom to contact, overdue first, and leads to the outreach log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from cocivic_desktop.domain.partnerships import Partnership, PipelineState, Stage
from cocivic_desktop.services import pipeline, records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.overview import partnership_names
from cocivic_desktop.ui.pages.home_page import HomePage
from cocivic_desktop.ui.widgets.advice_row import SmallRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.ui.context import Context


def rows(page: HomePage) -> list[SmallRow]:
    layout = page.ui.contactsLayout
    found = [layout.itemAt(number).widget() for number in range(layout.count())]
    return [row for row in found if isinstance(row, SmallRow)]


def test_next_contacts_stand_on_home_overdue_first(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    page = HomePage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert page.ui.contactsCard.isHidden()
    for name, day in (("Soon", 20), ("Late", 2), ("Far", 30), ("Today", 14)):
        pipeline.add_prospect(
            context.workspace, new_school={"name": f"{name} School"}, next_contact_on=date(2026, 9, day)
        )
    made, _ = pipeline.add_prospect(
        context.workspace, new_school={"name": "Later School"}, state=PipelineState.NOT_NOW,
        next_contact_on=date(2026, 9, 1),
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(rows(page)) == 3)
    assert [row.link.text() for row in rows(page)] == ["Later School", "Late School", "Today School"]
    said = [[one.text() for one in row.findChildren(QLabel)][-1] for row in rows(page)]
    assert said == ["Overdue: 1 Sept", "Overdue: 2 Sept", "Due today"]
    assert page.ui.contactsCount.text() == "3 due"
    targets: list[Target] = []
    context.navigate = targets.append
    rows(page)[0].link.click()
    assert targets == [Target.partnership(made.id, Stage.INITIATE, "outreach")]
    page.close()


def test_many_ideas_do_not_crowd_navigation(context: Context, partnership: Partnership) -> None:
    made, _ = pipeline.add_prospect(context.workspace, new_school={"name": "Some School"})
    assert [name for _, name in partnership_names(context.workspace).names] == ["Repair café · NVS"]
    assert partnership_names(context.workspace).ideas == 1
    records.change(context.workspace, Partnership, made.id, pipeline=PipelineState.CONTACTED)
    assert len(partnership_names(context.workspace).names) == 2
    assert partnership_names(context.workspace).ideas == 0
