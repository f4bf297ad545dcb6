"""Hours noted in a line or by a template; below it the entries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from cocivic_desktop._generated.forms.hours_enter import Ui_HoursEnter
from cocivic_desktop.domain.base import utc_now
from cocivic_desktop.domain.errors import Ambiguous, CoCivicError, InvalidField, NotFound
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.rules.quick_completion import Vocabulary, suggest
from cocivic_desktop.services import hour_templates, hours, quick_hours, timers
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.hours.choose import entry_words
from cocivic_desktop.ui.pages.hours.entries import EntriesSection
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.pages.hours.templates import TemplatesPane
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.domain.rules.quick_completion import Suggestion

PREVIEW_AFTER_MS = 150


class EnterPart(StagePart):
    """The line, what it would store, templates, and the entries below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursEnter()
        self.ui.setupUi(self)
        self.entries = EntriesSection(context)
        self.templates = TemplatesPane(context)
        self.ui.stack.addWidget(self.entries)
        self.ui.stack.addWidget(self.templates)
        self._known = Vocabulary()
        self._new_name = ""
        self._kinds = ChoiceBox(self.ui.newKind)
        self._kinds.offer(enum_choices(PersonKind))
        line = self.ui.quickLine
        line.suggest = self._suggest
        line.setToolTip(
            self.tr(
                "Tab takes a suggestion, Enter stores, Up in the empty line repeats the last entry, /1 logs a template"
            )
        )
        self._preview_timer = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)
        self._preview_timer.timeout.connect(self._preview)
        line.textChanged.connect(lambda: self._preview_timer.start())
        line.returnPressed.connect(self.log)
        line.repeat_wanted.connect(self.repeat)
        self.ui.logButton.clicked.connect(lambda: self.log())
        self.ui.anywayButton.clicked.connect(lambda: self.log(accept=True))
        self.ui.addPersonButton.clicked.connect(lambda: self.add_person())
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.ui.templatesButton.setMenu(self.menu)
        self.templates.left.connect(lambda: self.edit_templates(on=False))
        self.ui.timerButton.setToolTip(self.tr("Start a timer for whom and what the line names, e.g. “ana mentoring”"))
        self.ui.timerButton.clicked.connect(lambda: self.start_timer())
        self._explain()

    def reload(self) -> None:
        """Show the partnership's entries, templates, and what its lines may name."""
        self._known = quick_hours.vocabulary(self.context.workspace, self.partnership, self.context.language)
        if self.ui.stack.currentWidget() is self.templates:
            self.templates.load(self.partnership)
        else:
            self.entries.show_partnership(self.partnership)

    def open_item(self, section: str, item: UUID | None) -> None:
        """Section "confirm" shows what waits for a confirmation; an item is selected in the list."""
        self.edit_templates(on=False)
        if section == "confirm":
            self.entries.show_unconfirmed()
        elif item is not None:
            self.entries.show_entry(item)
        else:
            self.ui.quickLine.setFocus()

    def log(self, *, accept: bool = False) -> None:
        """Store what the line says; the keyboard stays for the next one."""
        text = self.ui.quickLine.text().strip()
        if not text:
            self._explain()
            return
        if self._store(text, accept=accept):
            self.ui.quickLine.clear()
            self._preview_timer.stop()

    def repeat(self) -> None:
        """Fill the line with the entry noted last, to be stored again or changed."""
        text = quick_hours.last_line(
            self.context.workspace, self.partnership, self.context.today(), self.context.language
        )
        if text:
            self.ui.quickLine.setText(text)
        else:
            self._say(self.tr("There is nothing to repeat yet."), "muted")

    def run_template(self, number: int, _checked: bool = False) -> None:
        """Log a template for today, at once."""
        self.ui.quickLine.setText(f"/{number}")
        self.log()

    def keep(self) -> None:
        """Keep what the line says, else the entry that is selected below, as a template."""
        text, workspace = self.ui.quickLine.text().strip(), self.context.workspace
        if text:
            try:
                entry = hours.read_entry(workspace, self.partnership, text, self.context.today(), self.context.language)
            except CoCivicError as error:
                self._refuse(error, text, "error")
                return
        else:
            chosen = self.entries.form.record
            if chosen is None:
                self._say(self.tr("Write a line, or select an entry below; then keep it as a template."), "muted")
                return
            entry = chosen
        words = entry_words(self.context, entry).split(" · ")
        kept = self.context.attempt(hour_templates.keep, workspace, entry, " · ".join([words[0], *words[2:3]])[:60])
        if kept is not None:
            if text:
                self.ui.quickLine.setFocus()
            self.ui.quickLine.clear()
            self._preview_timer.stop()
            self._say(self.tr("Kept as template {title}.").format(title=kept.title), "good")

    def start_timer(self) -> None:
        """Start a timer for whom and what the line names."""
        text = self.ui.quickLine.text().strip()
        try:
            timers.start_from_line(self.context.workspace, self.partnership, text, utc_now(), self.context.today())
        except CoCivicError as error:
            self._refuse(error, text, "error")
            return
        self.ui.quickLine.clear()
        self._preview_timer.stop()
        self._explain()

    def add_person(self) -> None:
        """Add the person that the line names, and store the line."""
        kind = self._kinds.value or PersonKind.VOLUNTEER
        added = self.context.attempt(
            quick_hours.add_person, self.context.workspace, self.partnership, self._new_name, kind
        )
        if added is not None:
            self.ui.quickLine.setFocus()
            self.log()

    def _store(self, text: str, *, accept: bool) -> bool:
        self._preview_timer.stop()
        try:
            logged, _ = hours.quick_entry(
                self.context.workspace,
                self.partnership,
                text,
                self.context.today(),
                accept=accept,
                language=self.context.language,
            )
        except CoCivicError as error:
            self._refuse(error, text, "error")
            return False
        if not logged.stored:
            self._say(questions_text(logged.questions), "warning")
            self.ui.anywayButton.show()
            self.ui.anywayButton.setFocus()
            return False
        self._say(self.tr("Stored: {entry}").format(entry=entry_words(self.context, logged.entry)), "good")
        self.ui.quickLine.setFocus()
        return True

    def _preview(self) -> None:
        text = self.ui.quickLine.text().strip()
        if not text or not self.context.is_open or self.partnership_id is None:
            self._explain()
            return
        try:
            entry = hours.read_entry(
                self.context.workspace, self.partnership, text, self.context.today(), self.context.language
            )
        except CoCivicError as error:
            self._refuse(error, text, "muted")
            return
        said = self.tr("Enter stores: {entry}").format(entry=entry_words(self.context, entry))
        self._say(" ".join(filter(None, (said, self._doubts(text)))), "muted")

    def _doubts(self, text: str) -> str:
        """How numbers were taken that could be hours or a day, and how to write them otherwise."""
        parsed = hours.read_line(text, self.context.today(), self.context.language)
        taken_for_day = self.tr("“{number}” is taken for {day}; for hours write “{number}h”.")
        taken_for_hours = self.tr("“{number}” is taken for {time}; for a day write “{number}.”.")
        return " ".join(
            taken_for_day.format(number=number, day=day_text(parsed.worked_on))
            if is_day
            else taken_for_hours.format(number=number, time=minutes_text(parsed.minutes))
            for number, is_day in parsed.doubtful
        )

    def _refuse(self, error: CoCivicError, text: str, look: str) -> None:
        """Say beside the line what is wrong with it; somebody unknown can be added right here."""
        if isinstance(error, Ambiguous):
            self._say(self.tr("Which one? {names}").format(names=", ".join(error.candidates)), look)
            return
        missing = error.field if isinstance(error, InvalidField) and error.code == "required" else ""
        asked = {
            "minutes": self.tr("How long? For example 1h30, 90 or 1,5."),
            "person_id": self.tr("Who? A name, or heads without names such as 24x."),
        }
        self._say(" ".join(filter(None, (asked.get(missing) or sentence(error), self._doubts(text)))), look)
        parsed = hours.read_line(text, self.context.today(), self.context.language)
        unknown = isinstance(error, NotFound) and not text.startswith("/") and f"“{parsed.name}”" in str(error)
        if unknown and parsed.name:
            self._new_name = parsed.name if parsed.name != parsed.name.lower() else parsed.name.title()
            self.ui.addPersonButton.setText(self.tr("Add {name}").format(name=self._new_name).replace("&", "&&"))
            self._kinds.show(PersonKind.VOLUNTEER)
            self.ui.newKind.show()
            self.ui.addPersonButton.show()

    def _suggest(self, line: str, cursor: int) -> list[Suggestion]:
        return suggest(line, cursor, self.context.today(), self._known)

    def edit_templates(self, *, on: bool = True) -> None:
        """Show the templates in the place of the entries, or the entries again."""
        wanted = self.templates if on else self.entries
        if self.ui.stack.currentWidget() is not wanted:
            self.ui.stack.setCurrentWidget(wanted)
            if self.partnership_id is not None and self.context.is_open:
                self.reload()

    def _fill_menu(self) -> None:
        """The templates by number, and what can be done with them."""
        self.menu.clear()
        for number, title in enumerate(self._known.templates, 1):
            mark = f"&{number}" if number < 10 else str(number)
            action = self.menu.addAction(f"{mark}  {title.replace('&', '&&')}")
            action.triggered.connect(partial(self.run_template, number))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Keep as template")).triggered.connect(lambda: self.keep())
        self.menu.addAction(self.tr("Edit templates…")).triggered.connect(lambda: self.edit_templates())

    def _explain(self) -> None:
        self._say(self.tr("Who, how long, what, when. A class without names: “24 students 2h”."), "muted")

    def _say(self, text: str, look: str) -> None:
        for widget in (self.ui.anywayButton, self.ui.newKind, self.ui.addPersonButton):
            widget.hide()
        set_look(self.ui.preview, look)
        self.ui.preview.setText(text)
