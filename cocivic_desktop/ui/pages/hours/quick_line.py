"""Hours noted in a line at the top; below it the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer

from cocivic_desktop._generated.forms.hours_enter import Ui_HoursEnter
from cocivic_desktop.domain.errors import Ambiguous, CoCivicError
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import hours
from cocivic_desktop.ui.choices import name_of
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.hours.entries import EntriesSection
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PREVIEW_AFTER_MS = 150


class EnterPart(StagePart):
    """The line, what it would store, and the entries below it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursEnter()
        self.ui.setupUi(self)
        self.entries = EntriesSection(context)
        self.ui.stack.addWidget(self.entries)
        self._preview_timer = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)
        self._preview_timer.timeout.connect(self._preview)
        self.ui.quickLine.textChanged.connect(lambda: self._preview_timer.start())
        self.ui.quickLine.returnPressed.connect(self.log)
        self.ui.logButton.clicked.connect(lambda: self.log())
        self.ui.anywayButton.clicked.connect(lambda: self.log(accept=True))
        for widget in (self.ui.timerButton, self.ui.newKind, self.ui.addPersonButton, self.ui.templatesLabel):
            widget.hide()
        self._explain()

    def reload(self) -> None:
        """Show the partnership's entries."""
        self.entries.show_partnership(self.partnership)

    def open_item(self, section: str, item: UUID | None) -> None:
        """Section "confirm" shows what waits for a confirmation; an item is selected in the list."""
        if section == "confirm":
            self.entries.ui.stateFilter.setCurrentIndex(1)
            self.entries.reload()
            self.entries.ui.table.setFocus()
        else:
            self.ui.quickLine.setFocus()
        if item is not None:
            self.entries.select(item)

    def log(self, *, accept: bool = False) -> None:
        """Store what the line says; the keyboard stays for the next one."""
        self._preview_timer.stop()
        text = self.ui.quickLine.text().strip()
        if not text:
            self._explain()
            return
        try:
            logged, _ = hours.quick_entry(
                self.context.workspace, self.partnership, text, self.context.today(), accept=accept
            )
        except CoCivicError as error:
            self._say(self._problem(error), "error")
            return
        if not logged.stored:
            self._say(questions_text(logged.questions), "warning")
            self.ui.anywayButton.show()
            self.ui.anywayButton.setFocus()
            return
        self.ui.quickLine.clear()
        self._preview_timer.stop()
        self._say(self.tr("Stored: {entry}").format(entry=self._words(logged.entry)), "good")
        self.ui.quickLine.setFocus()

    def _preview(self) -> None:
        text = self.ui.quickLine.text().strip()
        if not text or not self.context.is_open:
            self._explain()
            return
        try:
            entry = hours.read_entry(self.context.workspace, self.partnership, text, self.context.today())
        except CoCivicError as error:
            self._say(self._problem(error), "muted")
            return
        self._say(self.tr("Enter stores: {entry}").format(entry=self._words(entry)), "muted")

    def _words(self, entry: HourEntry) -> str:
        if entry.person_id is not None:
            who = name_of(self.context, Person, entry.person_id)
        else:
            who = self.tr("{count} × {role}").format(count=entry.head_count, role=entry.role)
        parts = [who, minutes_text(entry.minutes), word(entry.category), day_text(entry.worked_on, weekday=True)]
        return " · ".join([*parts, entry.remark] if entry.remark else parts)

    def _problem(self, error: CoCivicError) -> str:
        if isinstance(error, Ambiguous):
            return self.tr("Which one? {names}").format(names=", ".join(error.candidates))
        return sentence(error)

    def _explain(self) -> None:
        self._say(self.tr("Who, how long, what, when. A class without names: “24 students 2h”."), "muted")

    def _say(self, text: str, look: str) -> None:
        self.ui.anywayButton.hide()
        set_look(self.ui.preview, look)
        self.ui.preview.setText(text)
