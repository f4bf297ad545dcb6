from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.date_field import DateField
from cocivic_desktop.ui.widgets.duration_field import DurationField
from cocivic_desktop.ui.widgets.time_field import TimeField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.ui.context import Context


def named(widget: QWidget, name: str) -> QWidget:
    widget.setObjectName(name)
    return widget


@pytest.fixture
def school(context: Context) -> Organisation:
    made = Organisation(name="North School", email="office@north.example", focus_themes=["repair", "sea"])
    records.add(context.workspace, made)
    return made


@pytest.fixture
def box(qtbot: QtBot) -> QWidget:
    made = QWidget()
    layout = QFormLayout(made)
    for widget in (
        named(QLineEdit(), "name"),
        named(QLineEdit(), "email"),
        named(QComboBox(), "kind"),
        named(QPlainTextEdit(), "objectives"),
        named(QLineEdit(), "focus_themes"),
        named(QSpinBox(), "staff_count"),
        named(QDoubleSpinBox(), "hours_per_week"),
        named(QPlainTextEdit(), "mission"),
    ):
        layout.addRow(widget.objectName(), widget)
    qtbot.addWidget(made)
    made.show()
    return made


def type_at_end(box: QWidget, text: str) -> None:
    name = box.findChild(QLineEdit, "name")
    assert name is not None
    name.end(False)
    QTest.keyClicks(name, text)


def stored(context: Context, school: Organisation) -> Organisation:
    return records.get(context.workspace, Organisation, school.id)


def field(box: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = box.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def test_shows_every_kind_of_value(context: Context, school: Organisation, box: QWidget) -> None:
    form = RecordForm(context, Organisation, box)
    assert not box.isEnabled()
    form.load(school)
    assert box.isEnabled()
    assert field(box, QLineEdit, "name").property("text") == "North School"
    assert field(box, QLineEdit, "focus_themes").property("text") == "repair, sea"
    assert field(box, QComboBox, "kind").property("currentText") == "Vocational school"
    assert field(box, QSpinBox, "staff_count").property("text") == "–"


def test_stores_what_was_typed_and_nothing_else(context: Context, school: Organisation, box: QWidget) -> None:
    form = RecordForm(context, Organisation, box)
    form.load(school)
    type_at_end(box, " Kiel")
    QTest.keyClicks(field(box, QPlainTextEdit, "objectives"), "work with clients")
    QTest.keyClick(field(box, QPlainTextEdit, "objectives"), Qt.Key.Key_Return)
    QTest.keyClicks(field(box, QPlainTextEdit, "objectives"), "less waste")
    assert form.has_unsaved
    assert form.flush()
    assert stored(context, school).objectives == ["work with clients", "less waste"]
    assert stored(context, school).name == "North School Kiel"
    assert stored(context, school).version == school.version + 1


def test_stores_by_itself_after_a_pause(qtbot: QtBot, context: Context, school: Organisation, box: QWidget) -> None:
    form = RecordForm(context, Organisation, box)
    form.load(school)
    QTest.keyClicks(field(box, QPlainTextEdit, "mission"), "Clean shores")
    with qtbot.waitSignal(form.saved, timeout=2_000):
        pass
    assert stored(context, school).mission == "Clean shores"


def test_choice_and_numbers(context: Context, school: Organisation, box: QWidget) -> None:
    form = RecordForm(context, Organisation, box)
    form.load(school)
    kind = box.findChild(QComboBox, "kind")
    staff = box.findChild(QSpinBox, "staff_count")
    assert kind is not None
    assert staff is not None
    kind.setCurrentIndex(2)
    kind.activated.emit(2)
    staff.setValue(7)
    form.flush()
    assert stored(context, school).kind is OrganisationKind.UNIVERSITY
    assert stored(context, school).staff_count == 7
    staff.setValue(staff.minimum())
    form.flush()
    assert stored(context, school).staff_count is None


def test_a_bad_value_stays_with_a_sentence_and_keeps_nothing_else_back(
    context: Context, school: Organisation, box: QWidget
) -> None:
    form = RecordForm(context, Organisation, box)
    form.load(school)
    email = box.findChild(QLineEdit, "email")
    assert email is not None
    email.clear()
    QTest.keyClicks(email, "nonsense")
    type_at_end(box, "!")
    assert not form.flush()
    assert stored(context, school).email == "office@north.example"
    assert stored(context, school).name == "North School!"
    assert email.property("invalid") is True
    assert "e-mail" in email.accessibleDescription()
    problems = [label for label in box.findChildren(QLabel) if label.property("look") == "error"]
    assert [label.isVisible() for label in problems] == [True]
    QTest.keyClicks(email, "@north.example")
    assert form.flush()
    assert not problems[0].isVisible()
    assert stored(context, school).email == "nonsense@north.example"


def test_what_is_typed_survives_a_reload_of_the_same_record(
    context: Context, school: Organisation, box: QWidget
) -> None:
    form = RecordForm(context, Organisation, box)
    form.load(school)
    type_at_end(box, "X")
    records.change(context.workspace, Organisation, school.id, mission="from elsewhere")
    form.load(stored(context, school))
    assert field(box, QLineEdit, "name").property("text") == "North SchoolX"
    assert field(box, QPlainTextEdit, "mission").property("plainText") == "from elsewhere"


def test_another_record_stores_the_one_before(context: Context, school: Organisation, box: QWidget) -> None:
    other = Organisation(name="South School")
    records.add(context.workspace, other)
    form = RecordForm(context, Organisation, box)
    form.load(school)
    type_at_end(box, "X")
    form.load(other)
    assert stored(context, school).name == "North SchoolX"
    assert field(box, QLineEdit, "name").property("text") == "South School"
    assert stored(context, other).name == "South School"


def test_undo_key_goes_to_the_workspace_unless_typing_is_unsaved(
    qtbot: QtBot, context: Context, school: Organisation, box: QWidget
) -> None:
    form = RecordForm(context, Organisation, box)
    form.load(school)
    action = QAction(box)
    action.setShortcut(QKeySequence.StandardKey.Undo)
    box.addAction(action)
    triggered: list[bool] = []
    action.triggered.connect(lambda: triggered.append(True))
    box.activateWindow()
    name = box.findChild(QLineEdit, "name")
    assert name is not None
    name.setFocus()
    qtbot.waitUntil(name.hasFocus)
    QTest.keyClicks(name, "X")
    QTest.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not triggered
    assert name.text() == "North School"
    QTest.keyClicks(name, "Y")
    form.flush()
    QTest.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert triggered


def test_days_times_durations_and_references(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    records.add(context.workspace, Person(name="Ada"))
    activity = Activity(partnership_id=partnership.id, title="Session", starts_on=date(2026, 9, 21))
    records.add(context.workspace, activity)
    box = QWidget()
    qtbot.addWidget(box)
    layout = QGridLayout(box)
    starts, at, lasts = DateField(), TimeField(), DurationField()
    for row, (widget, name) in enumerate(((starts, "starts_on"), (at, "start_time"), (lasts, "duration_minutes"))):
        layout.addWidget(named(widget, name), row, 0)
    form = RecordForm(context, Activity, box)
    form.load(activity)
    box.show()
    for editor, text in ((starts.line, "5.10.2026"), (at, "9.15"), (lasts, "1:30")):
        editor.clear()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    changed = records.get(context.workspace, Activity, activity.id)
    assert (changed.starts_on, changed.start_time, changed.duration_minutes) == (date(2026, 10, 5), time(9, 15), 90)
    starts.line.clear()
    QTest.keyClicks(starts.line, "31.2.")
    QTest.keyClick(starts.line, Qt.Key.Key_Return)
    assert records.get(context.workspace, Activity, activity.id).starts_on == date(2026, 10, 5)
    assert any(label.isVisible() and "no date" in label.text() for label in box.findChildren(QLabel))
    assert not form.flush()


def test_coordinators_are_offered_by_name(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    ada = Person(name="Ada")
    records.add(context.workspace, ada)
    box = QWidget()
    qtbot.addWidget(box)
    layout = QVBoxLayout(box)
    people, minors = QComboBox(), QCheckBox()
    layout.addWidget(named(people, "coordinator_id"))
    layout.addWidget(named(minors, "minors"))
    form = RecordForm(context, Partnership, box)
    form.load(partnership)
    assert [people.itemText(number) for number in range(people.count())] == ["–", "Ada"]
    people.setCurrentIndex(1)
    people.activated.emit(1)
    minors.click()
    changed = records.get(context.workspace, Partnership, partnership.id)
    assert changed.coordinator_id == ada.id
    assert changed.minors is False


def test_activity_kinds_are_worded(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    kind = QComboBox()
    QVBoxLayout(box).addWidget(named(kind, "kind"))
    form = RecordForm(context, Activity, box)
    form.load(Activity(partnership_id=partnership.id, title="x", starts_on=date(2026, 9, 1)))
    assert kind.count() == len(ActivityKind)
    assert kind.currentText() == "Project session"
