"""The hours page's budget, workload, reports and certificates, driven as a coordinator does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocivic_desktop.domain.agreements import Agreement, Commitment
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import (
    Certificate,
    HourCategory,
    HourEntry,
    HourRate,
    HourReport,
    HourState,
    ReportPeriod,
    WorkloadCheckIn,
)
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Organisation, Person, PersonKind
from cocivic_desktop.domain.rules.hour_report import GroupBy
from cocivic_desktop.services import hour_reports, records
from cocivic_desktop.ui.pages.hours.budget import BudgetSection
from cocivic_desktop.ui.pages.hours.certificates import CertificatesPart
from cocivic_desktop.ui.pages.hours.pivot import PivotModel
from cocivic_desktop.ui.pages.hours.rates import RatesDialog
from cocivic_desktop.ui.pages.hours.report_dialog import ReportDialog
from cocivic_desktop.ui.pages.hours.reports import ReportsPart
from cocivic_desktop.ui.pages.hours.workload import WorkloadPart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.part import StagePart

SEPTEMBER = date(2026, 9, 3)


@pytest.fixture
def ana(workspace: Workspace, partnership: Partnership) -> Person:
    """A volunteer with 90 confirmed minutes, a learner with 50, a class of 20 for 45 minutes; 2 h are promised."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    made = Person(name="Ana López", kind=PersonKind.VOLUNTEER, organisation_id=ours.id)
    cem = Person(name="Cem Çelik", kind=PersonKind.STUDENT, organisation_id=partnership.school_id)
    agreement = Agreement(partnership_id=partnership.id, title="MoU")

    def entry(minutes: int, **fields: Any) -> HourEntry:
        return HourEntry(partnership_id=partnership.id, worked_on=SEPTEMBER, minutes=minutes, **fields)

    with workspace.write("fill") as unit:
        for one in (
            made,
            cem,
            agreement,
            Commitment(agreement_id=agreement.id, side=Side.CSO, role="", minutes=120),
            entry(90, person_id=made.id, state=HourState.CONFIRMED),
            entry(50, person_id=cem.id, state=HourState.CONFIRMED),
            entry(45, head_count=20, role="students", category=HourCategory.MENTORING),
        ):
            unit.add(one)
    return made


def show(qtbot: QtBot, part: StagePart, partnership: Partnership) -> None:
    """Show a part as its page does."""
    qtbot.addWidget(part)
    part.resize(840, 520)
    part.show()
    qtbot.waitExposed(part)
    part.load(partnership.id)


def cells(model: PivotModel) -> list[list[str]]:
    """All that the table shows."""
    return [
        [str(model.index(row, column).data()).strip() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_budget_warns_and_shows_what_is_left(
    qtbot: QtBot, context: Context, partnership: Partnership, ana: Person
) -> None:
    part = BudgetSection(context)
    show(qtbot, part, partnership)
    shown = [part.budgets.index(0, column).data() for column in range(2, 7)]
    assert shown == ["2:00", "–", "1:30", "–", "1:30"]
    assert part.budgets.index(0, 7).data() == "fits"
    assert not part.ui.warning.isVisible()
    assert part.ui.burnDown.points[0].month == "2026-08"
    assert [point.left for point in part.ui.burnDown.points[:2]] == [120, 30]
    assert "September 2026: 30 min left" in part.ui.burnDown.accessibleDescription()
    part.ui.warnFrom.setValue(75)
    qtbot.waitUntil(lambda: part.budgets.index(0, 7).data() == "nearly used")
    assert records.find(context.workspace, Organisation, is_ours=True)[0].hour_warning_percent == 75
    assert part.ui.warning.isVisible()
    assert "75 % are used" in part.ui.warning.text()


def test_a_report_is_grouped_sorted_and_drilled_into(
    qtbot: QtBot, context: Context, partnership: Partnership, ana: Person
) -> None:
    part = ReportsPart(context)
    show(qtbot, part, partnership)
    QAbstractItemModelTester(part.model)
    qtbot.waitUntil(lambda: part.model.rowCount() == 4)
    assert cells(part.model)[0] == ["Ana López", "1:30", "1:30", "1:30", "1"]
    assert cells(part.model)[-1] == ["Total", "17:20", "17:20", "2:20", "3"]
    part.first.show(GroupBy.KIND)
    part.second.show(GroupBy.PERSON)
    part.ui.secondRow.activated.emit(part.ui.secondRow.currentIndex())
    qtbot.waitUntil(lambda: part.model.rowCount() == 6)
    names = [row[0] for row in cells(part.model)]
    assert names == ["Volunteer", "Ana López", "Student", "Cem Çelik", "Group: Student", "Total"]
    part.ui.pivot.horizontalHeader().sectionClicked.emit(part.model.columnCount() - 3)
    qtbot.waitUntil(lambda: cells(part.model)[0][0] == "Student")
    row = [one[0] for one in cells(part.model)].index("Cem Çelik")
    part.open_entries(part.model.index(row, 1))
    assert part.ui.entriesTitle.text() == "Student · Cem Çelik · September 2026: 50 min"
    assert [row.total_minutes for row in part.entries.rows] == [50]
    qtbot.keyClick(part.ui.entries, Qt.Key.Key_Escape)
    assert part.ui.stack.currentWidget() is part.ui.pivotPage
    before = part.model.headerData(1, Qt.Orientation.Horizontal)
    year_ago = HourEntry(partnership_id=partnership.id, person_id=ana.id, worked_on=date(2025, 9, 3), minutes=60)
    records.add(context.workspace, year_ago)
    part.reload()
    qtbot.waitUntil(lambda: part.model.columnCount() == 6)
    heads = [part.model.headerData(number, Qt.Orientation.Horizontal) for number in (1, 2)]
    assert heads == [f"{before} 2025", f"{before} 2026"]


def test_settings_are_kept_and_come_back(qtbot: QtBot, context: Context, partnership: Partnership, ana: Person) -> None:
    part = ReportsPart(context)
    show(qtbot, part, partnership)
    part.ui.confirmedBox.click()
    part.kind_actions[PersonKind.VOLUNTEER].setChecked(True)
    funder = next(n for n in range(part.ui.periodBox.count()) if part.ui.periodBox.itemText(n) == "Funder's period…")
    part.ui.periodBox.setCurrentIndex(funder)
    part.ui.periodBox.activated.emit(funder)
    assert part.ui.firstDay.isVisible()
    part.keep("For the funder")
    kept = records.find(context.workspace, HourReport)[0]
    assert (kept.title, kept.confirmed_only, kept.person_kinds) == ("For the funder", True, ["volunteer"])
    assert (kept.period, kept.starts_on, kept.ends_on) == (
        ReportPeriod.FUNDING,
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    other = ReportsPart(context)
    show(qtbot, other, partnership)
    other.ui.savedBox.setCurrentIndex(1)
    other.ui.savedBox.activated.emit(1)
    qtbot.waitUntil(lambda: [row[0] for row in cells(other.model)] == ["Ana López", "Total"])
    assert other.ui.confirmedBox.isChecked()
    other.forget()
    assert records.find(context.workspace, HourReport) == []
    assert context.workspace.undo() is not None
    assert len(records.find(context.workspace, HourReport)) == 1
    qtbot.waitUntil(lambda: not context.tasks.busy())


def test_the_value_names_its_rate(qtbot: QtBot, context: Context, partnership: Partnership, ana: Person) -> None:
    part = ReportsPart(context)
    show(qtbot, part, partnership)
    part.ui.valueBox.click()
    qtbot.waitUntil(lambda: "Without a rate: 1 h 30 min of 2026" in part.ui.value.text())
    dialog = RatesDialog(context)
    qtbot.addWidget(dialog)
    dialog.ui.rates.add()
    table = dialog.ui.rates.model
    for column, value in ((2, 17.5), (4, "National study")):
        table.setData(table.index(0, column), value)
    rate = records.find(context.workspace, HourRate)[0]
    assert (rate.year, rate.amount_cents, rate.currency, rate.source) == (2026, 1_750, "EUR", "National study")
    part.calculate()
    qtbot.waitUntil(lambda: "26.25 EUR" in part.ui.value.text())
    assert "source: National study" in part.ui.value.text()


def test_a_report_is_written_from_the_window(
    qtbot: QtBot, context: Context, partnership: Partnership, ana: Person, tmp_path: Path
) -> None:
    report = HourReport(title="", partnership_id=partnership.id, rows=["person"])
    dialog = ReportDialog(context, report, partnership.id)
    qtbot.addWidget(dialog)
    dialog.form.show(".docx")
    dialog.language.show(dialog.language.value.__class__.ENGLISH)
    dialog.ui.pathLine.setText(str(tmp_path / "hours.docx"))
    dialog.ui.writeButton.click()
    qtbot.waitUntil(lambda: dialog.written is not None)
    table = docx.Document(str(tmp_path / "hours.docx")).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["Ana López", "1.50", "1.50"]
    assert "Cem" not in "".join(cell.text for row in table.rows for cell in row.cells)
    proposed = []
    for _ in range(2):
        another = ReportDialog(context, report, partnership.id)
        qtbot.addWidget(another)
        proposed.append(Path(another.ui.pathLine.text()))
        proposed[-1].touch()
    assert proposed == [tmp_path / proposed[0].name, tmp_path / f"{proposed[0].stem} 2.xlsx"]


def test_workload_is_noted_and_weighed(qtbot: QtBot, context: Context, partnership: Partnership, ana: Person) -> None:
    part = WorkloadPart(context)
    context.events.changed.connect(lambda _: part.reload())
    show(qtbot, part, partnership)
    assert part.ui.verdict.text() == "Outside the terms: worth it. For each hour of ours, students gave 10.6 hours."
    part.who.show(ana.id)
    part.level.show(5)
    part.ui.remark.setText("Too many forms")
    part.ui.addButton.click()
    told = records.find(context.workspace, WorkloadCheckIn)[0]
    assert (told.person_id, told.side, told.level, told.remark) == (ana.id, Side.CSO, 5, "Too many forms")
    qtbot.waitUntil(lambda: part.ui.checkIns.model.rowCount() == 1)
    assert "workload 5" in part.ui.trend.accessibleDescription()


def test_certificates_ask_for_consent_and_fill_the_register(
    qtbot: QtBot, context: Context, partnership: Partnership, ana: Person, tmp_path: Path
) -> None:
    part = CertificatesPart(context)
    show(qtbot, part, partnership)
    pane = part.issue
    assert [row.person.name for row in pane.model.rows] == ["Ana López", "Cem Çelik"]
    for number in range(2):
        pane.model.setData(pane.model.index(number, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    pane.model.setData(pane.model.index(0, 1), "Ana M. López")
    pane.ui.ownCompetence.setText("Listening")
    pane.ui.addCompetence.click()
    pane.ui.issueButton.click()
    assert pane.ui.questionCard.isVisible()
    assert "No consent to a certificate is noted for Cem Çelik." in pane.ui.question.text()
    pane.ui.consentButton.click()
    consent = records.find(context.workspace, Consent)[0]
    assert (consent.purpose, consent.given_on) == (ConsentPurpose.CERTIFICATE, context.today())
    pane.issue_to(tmp_path / "both.docx")
    qtbot.waitUntil(lambda: len(part.register.selected()) == 2)
    lines = records.find(context.workspace, Certificate, order="number")
    assert [(one.number[:9], one.holder, one.minutes, one.competences) for one in lines] == [
        ("2026-001-", "Ana M. López", 90, ["Listening"]),
        ("2026-002-", "Cem Çelik", 50, ["Listening"]),
    ]
    assert (tmp_path / "both.docx").exists()
    register = part.register
    register.select([lines[1].id])
    register.ui.revokeButton.click()
    assert register.ui.revokeCard.isVisible()
    register.ui.reason.setText("Wrong hours")
    register.ui.revokeNow.click()
    assert records.get(context.workspace, Certificate, lines[1].id).revoked_reason == "Wrong hours"
    assert not register.ui.printButton.isEnabled()
    register.select([lines[0].id])
    register.print_to(tmp_path / "again.docx")
    qtbot.waitUntil(lambda: (tmp_path / "again.docx").exists() and not context.tasks.busy())
    gone = Certificate(number="2025-007-XY34", issued_for="Old boats", issued_on=context.today(), minutes=60)
    records.add(context.workspace, gone)
    register.ui.allBox.click()
    shown = [(row.number, row.issued_for) for row in register.model.rows]
    assert shown == [*((line.number, partnership.title) for line in reversed(lines)), (gone.number, "Old boats")]
    register.select([gone.id])
    assert not register.ui.printButton.isEnabled()
    register.ui.allBox.click()
    assert len(register.model.rows) == 2
    part.reload()
    assert pane.model.index(0, 5).data() == lines[0].number[:8]


def test_an_empty_partnership_says_what_to_do(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    for part, words in (
        (ReportsPart(context), "No hours in this report"),
        (CertificatesPart(context), "Nobody has hours under their name"),
    ):
        show(qtbot, part, partnership)
        qtbot.waitUntil(lambda: not context.tasks.busy())
        pane = part.issue if isinstance(part, CertificatesPart) else part
        assert pane.ui.stack.currentWidget() is pane.ui.nothing
        assert pane.ui.nothing.title_label.text() == words
    assert hour_reports.entries(context.workspace, HourReport(title=""), context.today()) == []
