"""The year strip in the school year editor: what dragging makes, the chosen period with its fields, the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.words import capital, word
from cocivic_desktop.ui.widgets.school_year_strip_paint import SIGNS

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.school_year_editor import Ui_SchoolYearEditor
    from cocivic_desktop.ui.context import Context


class StripPart(QObject):
    """Each thing done on the strip is one step of undo."""

    selected = Signal(object)
    """The id of the period chosen on the strip."""

    def __init__(self, context: Context, ui: Ui_SchoolYearEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._ui = context, ui
        self._year: SchoolYear | None = None
        self._kinds = [value for value, _ in enum_choices(PeriodKind)]
        ui.stripKindBox.addItems([text for _, text in enum_choices(PeriodKind)])
        ui.stripKindBox.setCurrentIndex(self._kinds.index(PeriodKind.ASSESSMENT))
        ui.stripHint.setText(
            self.tr(
                "Mouse: drag a period to move it, its first or last day to change its length. Keys: arrows, with Shift "
                "they mark days, Enter makes a period; Ctrl+arrows move the chosen one, Ctrl+Shift+arrows change its "
                "last day, Ctrl+Alt+arrows its first; Page Up and Page Down go from one to the next."
            )
        )
        legend = [f"{sign} {word(kind)}" for kind, sign in SIGNS.items()]
        legend += [self.tr("dashed: estimate"), self.tr("line below: term"), self.tr("dot: public holiday in holidays")]
        ui.stripLegend.setText("   ".join(legend))
        self.form = RecordForm(context, CalendarPeriod, ui.stripPane, prefix="strip_")
        ui.strip.chosen.connect(self._show_period)
        ui.strip.opened.connect(lambda: self.form.focus("name"))
        ui.strip.made.connect(self._make)
        ui.strip.placed.connect(self._place)
        ui.strip.removed.connect(self._remove)

    def show_year(self, year: SchoolYear) -> None:
        """Show the periods and terms of a year; the chosen period stays chosen."""
        workspace = self._context.workspace
        self._year = year
        periods = records.find(workspace, CalendarPeriod, school_year_id=year.id, order="starts_on")
        terms = records.find(workspace, Term, school_year_id=year.id, order="starts_on")
        strip = self._ui.strip
        strip.show_year(year.starts_on, year.ends_on, periods, terms, self._context.today())
        self._load(strip.period)

    def choose(self, period_id: UUID | None) -> None:
        """Choose a period that is chosen in the table."""
        self._ui.strip.choose(period_id)
        self._load(self._ui.strip.period)

    def _load(self, period: CalendarPeriod | None) -> None:
        self.form.load(period)
        days = span_text(period.starts_on, period.ends_on) if period is not None else ""
        self._ui.stripDays.setText(days)
        self._ui.stripPane.setEnabled(period is not None)

    def _show_period(self, period_id: UUID | None) -> None:
        self._load(self._ui.strip.period)
        if period_id is not None:
            self.selected.emit(period_id)

    def _make(self, first: date, last: date) -> None:
        if self._year is None:
            return
        kind = self._kinds[self._ui.stripKindBox.currentIndex()]
        made = CalendarPeriod(
            school_year_id=self._year.id, kind=kind, name=capital(word(kind)), starts_on=first, ends_on=last
        )
        if self._context.attempt(records.add, self._context.workspace, made) is not None:
            self.show_year(self._year)
            self.choose(made.id)
            self.selected.emit(made.id)
            self.form.focus("name")
            self._ui.stripTab.ensureWidgetVisible(self._ui.strip_name)
            self._ui.strip_name.selectAll()

    def _place(self, period_id: UUID, first: date, last: date) -> None:
        self.form.flush()
        self._context.attempt(school_years.place_period, self._context.workspace, period_id, first, last)

    def _remove(self, period_id: UUID) -> None:
        self.form.flush()
        if self._context.attempt(records.archive, self._context.workspace, CalendarPeriod, period_id) is not None:
            self._context.notify(self.tr("Archived. Ctrl+Z brings it back."))
