"""What opens beside the pipeline: noting a contact, saying why not now, adding a prospect."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QLineEdit, QPushButton, QSizePolicy, QWidget

from cocivic_desktop._generated.forms.pipeline_contact import Ui_PipelineContact
from cocivic_desktop._generated.forms.pipeline_not_now import Ui_PipelineNotNow
from cocivic_desktop._generated.forms.pipeline_prospect import Ui_PipelineProspect
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import OutreachKind, Partnership, PipelineState
from cocivic_desktop.services import pipeline, records
from cocivic_desktop.ui import choices, icons
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from cocivic_desktop.domain.rules.pipeline import Prospect
    from cocivic_desktop.ui.context import Context

DAYS_AHEAD = (7, 14, 30)
"""The usual days for the next contact, offered as buttons."""


class Pane(QFrame):
    """A pane that goes away when it is done with."""

    closed = Signal()

    def __init__(self, context: Context, ui: Any) -> None:
        super().__init__()
        self.context = context
        self.ui = ui
        ui.setupUi(self)
        self.setProperty("look", "card")
        ui.closeButton.setIcon(icons.icon("close", "muted"))
        ui.closeButton.clicked.connect(lambda: self.closed.emit())
        ui.problemLabel.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the pane."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def refuse(self, text: str, field: QWidget) -> None:
        """Say what is missing or wrong; an empty text takes it back."""
        self.ui.problemLabel.setText(text)
        self.ui.problemLabel.setVisible(bool(text))
        if text:
            field.setFocus()


class ContactPane(Pane):
    """A call, e-mail, letter, visit or event in a line, and the day of the next one."""

    def __init__(self, context: Context) -> None:
        ui = Ui_PipelineContact()
        super().__init__(context, ui)
        self.ui: Ui_PipelineContact = ui
        self._prospect: Prospect | None = None
        self._kind = ChoiceBox(ui.kind)
        self._kind.offer(choices.enum_choices(OutreachKind))
        self._person = ChoiceBox(ui.person)
        for button, days in zip((ui.weekButton, ui.fortnightButton, ui.monthButton), DAYS_AHEAD, strict=True):
            button.clicked.connect(lambda _=False, days=days: self._in_days(days))
        ui.saveButton.clicked.connect(lambda: self.save())

    def show_prospect(self, one: Prospect, kind: OutreachKind | None = None) -> None:
        """Start a contact with a school, today; `kind` is proposed."""
        self._prospect = one
        if kind is not None:
            self._kind.show(kind)
        self.ui.aboutLabel.setText(one.school_name or one.partnership.title)
        self.ui.happened_on.set_day(self.context.today())
        self.ui.next_contact_on.set_day(None)
        self.ui.outcome.clear()
        people = choices.people(self.context, organisation_id=one.partnership.school_id)
        self._person.offer([choices.nothing(), *people])
        self._person.show(None)
        self.refuse("", self.ui.outcome)
        self.ui.kind.setFocus()

    def save(self) -> None:
        """Note the contact: one step of undo."""
        if self._prospect is None:
            return
        day = self.ui.happened_on.day
        for field in (self.ui.happened_on, self.ui.next_contact_on):
            if field.is_invalid:
                self.refuse(self.tr("This is no day that can be read."), field)
                return
        if day is None:
            self.refuse(self.tr("When was it?"), self.ui.happened_on)
            return
        try:
            pipeline.log_contact(
                self.context.workspace,
                self._prospect.id,
                happened_on=day,
                kind=self._kind.value,
                outcome=self.ui.outcome.toPlainText().strip(),
                next_contact_on=self.ui.next_contact_on.day,
                person_id=self._person.value,
            )
        except CoCivicError as error:
            self.refuse(sentence(error), self.ui.next_contact_on)
            return
        self.context.notify(self.tr("Noted: {school}.").format(school=self.ui.aboutLabel.text()))
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter notes the contact from any field."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return
        super().keyPressEvent(event)

    def _in_days(self, days: int) -> None:
        start = self.ui.happened_on.day or self.context.today()
        self.ui.next_contact_on.set_day(_workday(start + timedelta(days=days)))


class NotNowPane(Pane):
    """Why not now, and when to ask again. Saves by itself; left empty, a next step asks."""

    def __init__(self, context: Context) -> None:
        ui = Ui_PipelineNotNow()
        super().__init__(context, ui)
        self.ui: Ui_PipelineNotNow = ui
        self.reason_form = RecordForm(context, Partnership, ui.fields, prefix="later_")
        self.again_form = RecordForm(context, Partnership, ui.againFields, prefix="later_")
        for text in (
            self.tr("No time this school year"),
            self.tr("Nobody there answers"),
            self.tr("Already works with another partner"),
            self.tr("The school's leadership is against it"),
            self.tr("Does not fit our mission"),
        ):
            button = QPushButton(text)
            button.setProperty("look", "link")
            button.clicked.connect(lambda _=False, text=text: self._take(text))
            ui.reasonsLayout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        ui.saveButton.clicked.connect(lambda: self.closed.emit())

    @property
    def partnership_id(self) -> UUID | None:
        """Whose reason is being asked for."""
        return self.reason_form.record.id if self.reason_form.record is not None else None

    def show_prospect(self, one: Prospect, *, focus: bool = True) -> None:
        """Ask for the reason of a partnership."""
        self.ui.aboutLabel.setText(one.school_name or one.partnership.title)
        self.reason_form.load(one.partnership)
        self.again_form.load(one.partnership)
        if focus:
            self.reason_form.focus("not_now_reason")

    def _take(self, text: str) -> None:
        partnership_id = self.partnership_id
        if partnership_id is None:
            return
        workspace = self.context.workspace
        self.context.attempt(pipeline.move, workspace, partnership_id, PipelineState.NOT_NOW, text)
        self.reason_form.load(records.get(workspace, Partnership, partnership_id))
        self.again_form.focus("next_contact_on")


class ProspectPane(Pane):
    """A school, known or new, put into the pipeline in one step. Stays open for the next one."""

    added = Signal(object)
    """The id of the new partnership."""

    def __init__(self, context: Context) -> None:
        ui = Ui_PipelineProspect()
        super().__init__(context, ui)
        self.ui: Ui_PipelineProspect = ui
        self._schools: list[Organisation] = []
        self._present: dict[UUID, str] = {}
        self._kind = ChoiceBox(ui.kind)
        self._kind.offer(choices.enum_choices(OrganisationKind, leave_out=[OrganisationKind.CSO]))
        self._state = ChoiceBox(ui.state)
        self._state.offer(choices.enum_choices(PipelineState, leave_out=[PipelineState.NOT_NOW]))
        line = QLineEdit()
        line.setPlaceholderText(self.tr("Choose a school, or write a new name"))
        completer = QCompleter(ui.school.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        ui.school.setLineEdit(line)
        ui.school.setCompleter(completer)
        ui.school.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ui.school.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        ui.school.editTextChanged.connect(lambda: self._school_typed())
        ui.saveButton.clicked.connect(lambda: self.save())
        for field in (line, ui.city, ui.title):
            field.returnPressed.connect(self.save)

    def start(self, prospects: Sequence[Prospect]) -> None:
        """Empty fields, the keyboard in the first one. `prospects` are those that are there already."""
        self.offer(prospects)
        self._clear()
        self.ui.aboutLabel.setText(self.tr("Only the school's name is needed."))

    def offer(self, prospects: Sequence[Prospect]) -> None:
        """Offer the schools that are known, without disturbing what is being typed."""
        present: dict[UUID, list[str]] = {}
        for one in prospects:
            present.setdefault(one.partnership.school_id, []).append(f"{one.partnership.title} ({word(one.state)})")
        self._present = {school: ", ".join(titles) for school, titles in present.items()}
        found = records.find(self.context.workspace, Organisation, is_ours=False)
        found.sort(key=lambda one: fold(one.name))
        if [one.name for one in found] != [one.name for one in self._schools]:
            typed = self.ui.school.currentText()
            self.ui.school.blockSignals(True)
            self.ui.school.clear()
            self.ui.school.addItems([one.name for one in found])
            self.ui.school.setEditText(typed)
            self.ui.school.blockSignals(False)
        self._schools = found
        self._school_typed()

    def save(self) -> None:
        """Add it: one step of undo, with the school where that is new."""
        name = self.ui.school.currentText().strip()
        if not name:
            self.refuse(self.tr("Choose a school, or write the name of a new one."), self.ui.school)
            return
        if self.ui.next_contact_on.is_invalid:
            self.refuse(self.tr("This is no day that can be read."), self.ui.next_contact_on)
            return
        school = self._known()
        new = {"name": name, "city": self.ui.city.text().strip(), "kind": self._kind.value, "country": self._country()}
        try:
            made, _ = pipeline.add_prospect(
                self.context.workspace,
                school_id=school.id if school is not None else None,
                new_school=new if school is None else None,
                title=self.ui.title.text().strip(),
                state=self._state.value,
                next_contact_on=self.ui.next_contact_on.day,
            )
        except CoCivicError as error:
            self.refuse(sentence(error), self.ui.school)
            return
        self._clear()
        self.ui.aboutLabel.setText(self.tr("{school} has been added. Add the next one, or close.").format(school=name))
        self.added.emit(made.id)

    def _clear(self) -> None:
        self.ui.school.setCurrentIndex(-1)
        self.ui.school.clearEditText()
        for line in (self.ui.city, self.ui.title):
            line.clear()
        self._kind.show(OrganisationKind.VET_PROVIDER)
        self._state.show(PipelineState.IDEA)
        self.ui.next_contact_on.set_day(None)
        self._school_typed()
        self.ui.school.setFocus()

    def _school_typed(self) -> None:
        """Ask for a place and a kind where the school is new; say where it is in the pipeline already."""
        typed, school = self.ui.school.currentText().strip(), self._known()
        for field in (self.ui.city, self.ui.kind):
            self.ui.fields.setRowVisible(field, bool(typed) and school is None)
        hint = ""
        if school is not None and school.id in self._present:
            hint = self.tr("Already in the pipeline: {titles}").format(titles=self._present[school.id])
        self.refuse("", self.ui.school)
        if hint:
            self.ui.problemLabel.setText(f"! {hint}")
            self.ui.problemLabel.show()
        ours = self._ours()
        name = school or (Organisation(name=typed) if typed else None)
        self.ui.title.setPlaceholderText(pipeline.default_title(ours, name) if name is not None else "")

    def _known(self) -> Organisation | None:
        """The school that is there already under this name."""
        typed = fold(self.ui.school.currentText().strip())
        return next((one for one in self._schools if typed and typed in (fold(one.name), fold(one.short_name))), None)

    def _ours(self) -> Organisation | None:
        found = records.find(self.context.workspace, Organisation, is_ours=True) if self.context.is_open else []
        return found[0] if found else None

    def _country(self) -> str:
        """A new school is taken to be in our own country until somebody says otherwise."""
        ours = self._ours()
        return ours.country if ours is not None else ""


def _workday(day: date) -> date:
    """The day, or the Monday after it at a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
