"""The row above the views: which view, which days, today and back again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from cocivic_desktop.ui.pages.calendar.data import ViewKind
from cocivic_desktop.ui.texts.formats import day_text, span_text
from cocivic_desktop.ui.theme import TARGET

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

    from cocivic_desktop._generated.forms.calendar_views import Ui_CalendarViews
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData
    from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays

SETTING = "calendar/view"
WIDE = 700
"""Width in logical pixels from which the legend has room."""


class Head(QObject):
    """Tells which view and which days are wanted; the view is remembered."""

    view_changed = Signal()
    around_changed = Signal(object)
    """A day of the days that are wanted; None for those around today."""

    def __init__(self, context: Context, ui: Ui_CalendarViews, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._ui = context, ui
        self.buttons: dict[ViewKind, QPushButton] = {
            ViewKind.STRIP: ui.stripButton,
            ViewKind.MONTH: ui.monthButton,
            ViewKind.WEEK: ui.weekButton,
            ViewKind.AGENDA: ui.agendaButton,
        }
        stored = context.setting(SETTING, ViewKind.STRIP)
        self.view = ViewKind(stored) if stored in list(ViewKind) else ViewKind.STRIP
        self.buttons[self.view].setChecked(True)
        for number, (kind, button) in enumerate(self.buttons.items(), start=1):
            button.clicked.connect(lambda _=False, wanted=kind: self.show_view(wanted))
            button.setToolTip(self.tr("{view} (Alt+{number})").format(view=button.text(), number=number))
            self._key(f"Alt+{number}", button.click)
        ui.todayButton.clicked.connect(lambda: self.around_changed.emit(None))
        ui.previousButton.clicked.connect(lambda: self.turn(-1))
        ui.nextButton.clicked.connect(lambda: self.turn(1))
        arrows = ((ui.previousButton, self.tr("Back (Page up)")), (ui.nextButton, self.tr("On (Page down)")))
        for arrow, text in arrows:
            arrow.setToolTip(text)
            arrow.setAccessibleName(text)
            arrow.setFixedSize(TARGET, TARGET)
        ui.todayButton.setToolTip(self.tr("Today (T)"))
        ui.jumpField.line.hide()
        ui.jumpField.button.setToolTip(self.tr("Go to a day (Ctrl+G)"))
        ui.jumpField.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ui.jumpField.setFocusProxy(ui.jumpField.button)
        ui.jumpField.day_changed.connect(self._jump)
        self._key("Ctrl+G", ui.jumpField.choose)
        for view in (ui.strip, ui.month, ui.week, ui.agenda):
            self._key("T", ui.todayButton.click, view)
            self._key("PgUp", ui.previousButton.click, view)
            self._key("PgDown", ui.nextButton.click, view)
        self._data: CalendarData | None = None

    def show_view(self, view: ViewKind) -> None:
        """Turn to a view and remember it."""
        self.buttons[view].setChecked(True)
        if view is not self.view:
            self.view = view
            self._context.settings.setValue(SETTING, view.value)
            self.view_changed.emit()

    def turn(self, step: int) -> None:
        """The year, month or week before or after."""
        data = self._data
        if data is None:
            return
        if self.view is ViewKind.MONTH:
            around = (data.wanted.around or data.wanted.today).replace(day=15) + timedelta(days=30 * step)
            self.around_changed.emit(around.replace(day=1))
        elif self.view is ViewKind.WEEK:
            self.around_changed.emit((data.wanted.around or data.wanted.today) + timedelta(days=7 * step))
        else:
            day = timedelta(days=1)
            self.around_changed.emit(data.last + day if step > 0 else data.first - day)

    def describe(self, data: CalendarData, days: SchoolDays) -> None:
        """Say which days are seen and what is known of them."""
        self._data = data
        ui, day = self._ui, data.wanted.around or data.wanted.today
        note = days.week_sentence(data.first)
        if self.view is ViewKind.MONTH:
            text = f"{QLocale().standaloneMonthName(day.month)} {day.year}"
            note = self._year_note(data)
        elif self.view is ViewKind.WEEK:
            text = span_text(data.first, data.last)
        else:
            text = data.year.label if data.year is not None else span_text(data.first, data.last)
            note = self._year_note(data)
        ui.rangeLabel.setText(text)
        ui.noteLabel.setText(note)
        ui.jumpField.set_day(day)

    def fit(self, width: int, *, low: bool = False) -> None:
        """Show the legend where there is room."""
        drawn = self.view is not ViewKind.AGENDA and not low
        self._ui.noteLabel.setVisible(not low)
        for chip in (self._ui.legendHoliday, self._ui.legendAssessment):
            chip.setVisible(drawn)
        for chip in (self._ui.legendTentative, self._ui.legendUnwise, self._ui.legendImpossible):
            chip.setVisible(drawn and width >= WIDE)

    def _year_note(self, data: CalendarData) -> str:
        year = data.year
        if year is None:
            return self.tr("No school year is known here.")
        if year.confirmed_on is not None:
            day = day_text(year.confirmed_on, year=False)
            return self.tr("{school} · confirmed on {day}").format(
                school=data.school.short_name or data.school.name, day=day
            )
        return self.tr("{school} · not confirmed yet").format(school=data.school.short_name or data.school.name)

    def _jump(self, day: date | None) -> None:
        if day is not None:
            self.around_changed.emit(day)

    def _key(self, keys: str, action: object, within: QWidget | None = None) -> None:
        parent = within if within is not None else self.parent()
        shortcut = QShortcut(QKeySequence(keys), parent)
        context = Qt.ShortcutContext.WidgetShortcut if within else Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcut.setContext(context)
        shortcut.activated.connect(action)
