"""The first-run assistant: our organisation, then the first school and partnership."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cocivic_desktop import app
from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.dialogs.first_steps import OurOrganisationDialog, start_partnership
from cocivic_desktop.ui.dialogs.new_partnership import NewPartnershipDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def parent(qtbot: QtBot, context: Context) -> Iterator[QWidget]:
    """A window that dialogs belong to."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.close()


def shown(parent: QWidget) -> QDialog:
    return next(one for one in parent.findChildren(QDialog) if one.isVisible())


def organisation_dialog(context: Context, parent: QWidget) -> OurOrganisationDialog:
    start_partnership(context, parent)
    dialog = shown(parent)
    assert isinstance(dialog, OurOrganisationDialog)
    return dialog


def test_our_organisation_comes_first_and_needs_a_name(qtbot: QtBot, context: Context, parent: QWidget) -> None:
    dialog = organisation_dialog(context, parent)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.ui.nameLine)
    QTest.keyClick(dialog.ui.nameLine, Qt.Key.Key_Return)
    assert dialog.ui.problemLabel.text() == "Give your organisation's name."
    assert dialog.isVisible()
    assert records.find(context.workspace, Organisation) == []
    assert context.workspace.undo_step() is None


def test_both_steps_fit_a_low_screen(qtbot: QtBot, context: Context, parent: QWidget) -> None:
    first = organisation_dialog(context, parent)
    first.resize(820, 540)
    qtbot.waitUntil(lambda: first.ui.nextButton.geometry().bottom() < 540)
    first.ui.nameLine.setText("Green Harbour")
    first.ui.nextButton.click()
    second = shown(parent)
    assert isinstance(second, NewPartnershipDialog)
    second.resize(820, 540)
    qtbot.waitUntil(lambda: second.ui.startButton.geometry().bottom() < 540)
    assert (first.height(), second.height()) == (540, 540)


def test_a_name_too_long_is_said_and_nothing_is_stored(context: Context, parent: QWidget) -> None:
    dialog = organisation_dialog(context, parent)
    dialog.ui.nameLine.setText("Green Harbour")
    dialog.ui.coordinatorLine.setText("x" * 400)
    dialog.ui.nextButton.click()
    assert dialog.ui.problemLabel.text().startswith("Name: ")
    assert dialog.isVisible()
    assert records.find(context.workspace, Organisation) == []
    assert records.find(context.workspace, Person) == []


def test_two_steps_by_keyboard_to_the_first_partnership(qtbot: QtBot, context: Context, parent: QWidget) -> None:
    targets: list[Target] = []
    context.navigate = targets.append
    first = organisation_dialog(context, parent)
    QTest.keyClicks(first.ui.nameLine, "Green Harbour e.V.")
    QTest.keyClicks(first.ui.regionLine, "sh")
    QTest.keyClicks(first.ui.coordinatorLine, "Mara Jensen")
    QTest.keyClicks(first.ui.emailLine, "mara@green.example")
    first.ui.countryBox.setCurrentIndex(first.ui.countryBox.findText("Germany"))
    QTest.keyClick(first.ui.coordinatorLine, Qt.Key.Key_Return)
    ours = records.find(context.workspace, Organisation)[0]
    assert (ours.name, ours.country, ours.region, ours.zone) == ("Green Harbour e.V.", "DE", "SH", "Europe/Berlin")
    assert ours.is_ours and ours.kind is OrganisationKind.CSO
    mara = records.find(context.workspace, Person)[0]
    assert (mara.name, mara.kind, mara.organisation_id) == ("Mara Jensen", PersonKind.STAFF, ours.id)
    assert mara.email == ours.email == "mara@green.example"

    second = shown(parent)
    assert isinstance(second, NewPartnershipDialog)
    assert second.ui.titleLabel.text().startswith("Step 2 of 2")
    assert not second.ui.schoolBox.isVisible(), "there is no school to choose from yet"
    assert second.ui.countryBox.currentText() == "Germany"
    assert second.ui.regionLine.text() == "SH"
    second.ui.startButton.click()
    assert second.ui.problemLabel.text() == "Name the school."
    QTest.keyClicks(second.ui.schoolLine, "North Vocational School")
    assert second.ui.titleLine.text() == "Green Harbour e.V. with North Vocational School"
    QTest.keyClicks(second.ui.contactLine, "Ute Clausen")
    second.ui.languageBox.setCurrentIndex(1)
    QTest.keyClick(second.ui.contactLine, Qt.Key.Key_Return)
    assert not second.isVisible()
    partnership = records.find(context.workspace, Partnership)[0]
    school = records.get(context.workspace, Organisation, partnership.school_id)
    assert targets == [Target.partnership(partnership.id)]
    assert (school.country, school.region, school.zone) == ("DE", "SH", "Europe/Berlin")
    assert partnership.coordinator_id == mara.id
    assert [one.name for one in records.find(context.workspace, Person, organisation_id=school.id)] == ["Ute Clausen"]
    agreement = records.find(context.workspace, Agreement)[0]
    assert agreement.language is Language.GERMAN

    context.workspace.undo()
    assert [one.id for one in records.find(context.workspace, Organisation)] == [ours.id]
    assert records.find(context.workspace, Partnership) == []
    context.workspace.undo()
    assert records.find(context.workspace, Organisation) == []
    assert records.find(context.workspace, Person) == []


def test_the_second_step_speaks_of_the_first_school_only_where_there_is_none(context: Context, parent: QWidget) -> None:
    school = Organisation(name="North Vocational School", kind=OrganisationKind.VET_PROVIDER)
    records.add(context.workspace, school)
    records.add(context.workspace, Partnership(title="An idea", school_id=school.id))
    first = organisation_dialog(context, parent)
    first.ui.nameLine.setText("Green Harbour")
    first.ui.nextButton.click()
    second = shown(parent)
    assert isinstance(second, NewPartnershipDialog)
    assert second.ui.titleLabel.text() == "Step 2 of 2: the partnership"


def test_cancelling_the_second_step_keeps_the_first(context: Context, parent: QWidget) -> None:
    first = organisation_dialog(context, parent)
    first.ui.nameLine.setText("Green Harbour")
    first.ui.nextButton.click()
    QTest.keyClick(shown(parent), Qt.Key.Key_Escape)
    assert [one.name for one in records.find(context.workspace, Organisation)] == ["Green Harbour"]
    start_partnership(context, parent)
    again = shown(parent)
    assert isinstance(again, NewPartnershipDialog)
    assert again.ui.titleLabel.text() == "New partnership"


def test_impossible_days_are_refused(context: Context, parent: QWidget, partnership: Partnership) -> None:
    start_partnership(context, parent)
    dialog = shown(parent)
    assert isinstance(dialog, NewPartnershipDialog)
    assert dialog.ui.schoolBox.isVisible() and dialog.ui.schoolBox.currentText() == "North Vocational School"
    dialog.ui.startField.line.setText("31.2.2027")
    dialog.ui.startButton.click()
    assert dialog.ui.problemLabel.text().startswith("The partnership needs a first day.")
    dialog.ui.startField.line.setText("1.9.2027")
    dialog.ui.startField.line.editingFinished.emit()
    dialog.ui.endField.line.setText("1.9.2026")
    dialog.ui.endField.line.editingFinished.emit()
    dialog.ui.startButton.click()
    assert "before it starts" in dialog.ui.problemLabel.text()
    assert [one.id for one in records.find(context.workspace, Partnership)] == [partnership.id]


def test_only_languages_with_clauses_are_offered(context: Context, parent: QWidget, partnership: Partnership) -> None:
    assert [language for language, _ in choices.written_languages()] == list(Language)
    start_partnership(context, parent)
    dialog = shown(parent)
    assert isinstance(dialog, NewPartnershipDialog)
    box = dialog.ui.languageBox
    assert [box.itemText(number) for number in range(box.count())] == ["English", "German", "Spanish", "Turkish"]


def test_countries_are_those_with_a_known_zone() -> None:
    names = [name for _, name in choices.countries()]
    assert names == sorted(names)
    assert ("TR", "Türkiye") in choices.countries() or ("TR", "Turkey") in choices.countries()
    assert choices.country_here() in dict(choices.countries())


def test_without_a_display_the_window_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert app.main([]) == 2
    said = capsys.readouterr().err
    assert "no display" in said
    assert len(said.splitlines()) == 1
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert app.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not app.has_display()
