"""The chosen date below the views: in one line always, with its panels when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocivic_desktop.ui.pages.calendar.views.phrases import conflict_lines, entry_sentence
from cocivic_desktop.ui.record_form import flush_forms
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from cocivic_desktop._generated.forms.calendar_views import Ui_CalendarViews
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry
    from cocivic_desktop.ui.pages.calendar.panel import PlanPanel

SETTING = "calendar/details"
DATE_TAB, ACTIVITY_TAB, REPEAT_TAB, PEOPLE_TAB = range(4)
BAR = 46
"""Height of the line alone, in logical pixels."""
LEAST = 165
"""What the panels get at least together with the line."""
WISHED, DAYS_FIRST = 330, 400
"""What they get in a high window, and what the days get before."""
LEAST_LOW = 112
"""The same where the line stands beside the names of the panels."""
LOW_WINDOW = 680
"""Height of the window below which it does."""
WIDEST = 16_777_215


class Detail(QObject):
    """Fills the line and the panels; the panels only while they are seen."""

    def __init__(self, context: Context, ui: Ui_CalendarViews, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._ui = context, ui
        self.panels: list[PlanPanel] = [ui.datePanel, ui.activityPanel, ui.repeatPanel, ui.peoplePanel]
        for panel in self.panels:
            panel.setup(context)
        self._data: CalendarData | None = None
        self._entry: Entry | None = None
        self.low = False
        """Whether the line stands beside the names of the panels."""
        self._corner = QWidget(ui.detailCard)
        beside = QHBoxLayout(self._corner)
        beside.setContentsMargins(0, 0, 0, 2)
        self._corner.hide()
        ui.detailsButton.setChecked(context.flag(SETTING))
        ui.detailsButton.setToolTip(self.tr("Show all about the chosen date (Enter)"))
        ui.detailsButton.toggled.connect(self._toggle)
        ui.detail.currentChanged.connect(lambda: self._fill())
        ui.detail.setVisible(ui.detailsButton.isChecked())

    @property
    def is_open(self) -> bool:
        """Whether the panels are seen."""
        return self._ui.detailsButton.isChecked()

    @property
    def entry(self) -> Entry | None:
        """The date that is told about."""
        return self._entry

    def open(self, tab: int = DATE_TAB) -> None:
        """Show the panels, with this one in front."""
        self._ui.detailsButton.setChecked(True)
        self._ui.detail.setCurrentIndex(tab)
        self._fill()

    def set_low(self, low: bool) -> None:
        """In a low window the line stands beside the names of the panels, so that more is left for the days."""
        ui = self._ui
        room = ui.detailCard.width() - ui.detail.tabBar().sizeHint().width() - ui.detailsButton.sizeHint().width() - 60
        ui.summaryLabel.setFixedWidth(max(0, room)) if low else ui.summaryLabel.setMaximumWidth(WIDEST)
        if low == self.low:
            return
        self.low = low
        focus = ui.detailsButton.hasFocus()
        beside = self._corner.layout()
        if low and beside is not None:
            beside.addWidget(ui.summaryLabel)
            beside.addWidget(ui.detailsButton)
            ui.detail.setCornerWidget(self._corner, Qt.Corner.TopRightCorner)
        else:
            ui.summaryLabel.setMinimumWidth(0)
            ui.summaryRow.insertWidget(0, ui.summaryLabel, 4)
            ui.summaryRow.addWidget(ui.detailsButton)
        self._corner.setVisible(low)
        ui.summaryLabel.show()
        ui.detailsButton.show()
        self._write_line()
        if focus:
            ui.detailsButton.setFocus()

    def leave(self) -> None:
        """Store what is being typed before another date comes."""
        self._ui.repeatPanel.leave()
        flush_forms(self._ui.detail)

    def show_entry(self, data: CalendarData, entry: Entry | None) -> None:
        """Tell about a date; None tells what can be done."""
        self._data, self._entry = data, entry
        self._write_line()
        self._ui.detailsButton.setEnabled(entry is not None)
        self._ui.detail.setVisible(self.is_open and entry is not None)
        self._fill()

    def _toggle(self, shown: bool) -> None:
        self._context.set_flag(SETTING, shown)
        if not shown:
            self.set_low(False)  # while the button still has the keyboard
        self._ui.detail.setVisible(shown and self._entry is not None)
        self._fill()

    def _fill(self) -> None:
        data, entry = self._data, self._entry
        if data is None or entry is None:
            return
        seen = data.seen_from(entry)
        for panel in self.panels:
            if self.is_open and panel is self._ui.detail.currentWidget():
                panel.show_entry(seen, entry)
            else:
                panel.put_by(seen, entry)

    def _write_line(self) -> None:
        ui, data, entry = self._ui, self._data, self._entry
        if data is None or entry is None:
            ui.summaryLabel.setText(self.tr("Nothing is chosen."))
            set_look(ui.summaryLabel, "muted")
            set_look(ui.summaryState, "muted")
            ui.summaryState.setText(self.tr("Click a date, or press N for a new activity here."))
            ui.summaryState.show()
            return
        set_look(ui.summaryLabel, "strong")
        head = entry_sentence(entry, data).split("\n")[0]
        lines = conflict_lines(entry.conflicts, data)
        kept = self.tr("kept, with a note") if entry.conflicts else ""
        state = lines[0] if lines else kept
        if len(lines) > 1:
            state = self.tr("{first} (and {count} more)").format(first=lines[0], count=len(lines) - 1)
        set_look(ui.summaryState, "error" if entry.standing and entry.hard else "warning" if lines else "muted")
        ui.summaryLabel.setText(head)
        ui.summaryState.setText(state)
        ui.summaryState.setVisible(bool(state) and not self.low)
