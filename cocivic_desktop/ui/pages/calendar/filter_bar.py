"""Choosing which dates the calendar shows, and saying clearly that some are kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cocivic_desktop.domain.activities import ActivityKind, ActivityStatus
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.pages.calendar.filters import Filters, Scope
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop._generated.forms.calendar_views import Ui_CalendarViews
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData

SETTING = "calendar/filters"
IN_CONFLICT = "in_conflict"


class FilterBar(QObject):
    """The row of choices, the mark that a filter is on, and the button that shows the row."""

    changed = Signal()

    def __init__(self, context: Context, ui: Ui_CalendarViews, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._ui = context, ui
        self.filters = Filters.read(context.setting(SETTING))
        self.scope = ChoiceBox(ui.scopeBox, lambda value: self._choose())
        self.person = ChoiceBox(ui.personBox, lambda value: self._choose())
        self.kind = ChoiceBox(ui.kindBox, lambda value: self._choose())
        self.status = ChoiceBox(ui.statusBox, lambda value: self._choose())
        self.scope.offer(
            [
                (Scope.THIS, self.tr("This partnership")),
                (Scope.SCHOOL, self.tr("All with this school")),
                (Scope.ALL, self.tr("All partnerships")),
            ]
        )
        kinds = [(one, choice_word(one)) for one in ActivityKind]
        self.kind.offer([(None, self.tr("Every kind")), *kinds])
        states = [(one, choice_word(one)) for one in ActivityStatus]
        self.status.offer([(None, self.tr("Every status")), *states, (IN_CONFLICT, self.tr("In conflict"))])
        self.person.offer([(None, self.tr("Everybody"))])
        ui.filterButton.setChecked(False)
        ui.filterButton.toggled.connect(self._show_row)
        ui.clearButton.clicked.connect(lambda: self.clear())
        ui.filterRow.hide()
        ui.filterMark.hide()
        self._show_values()

    def clear(self) -> None:
        """Show everything of this partnership again, or of those chosen."""
        self.take(Filters(scope=self.filters.scope))

    def take(self, filters: Filters) -> None:
        """Use other filters and remember them."""
        if filters != self.filters:
            self.filters = filters
            self._context.settings.setValue(SETTING, filters.stored())
            self._show_values()
            self.changed.emit()

    def describe(self, data: CalendarData) -> None:
        """Say which filters are on and how much they keep back."""
        filters = self.filters
        self._ui.filterMark.setVisible(filters.narrow)
        self._ui.filterButton.setText(self.tr("Filter (on)") if filters.narrow else self.tr("Filter"))
        if not filters.narrow:
            return
        parts = [
            data.names.get(filters.person, self.tr("somebody")) if filters.person is not None else "",
            word(filters.kind) if filters.kind is not None else "",
            word(filters.status) if filters.status is not None else "",
            self.tr("in conflict") if filters.in_conflict else "",
        ]
        text = self.tr("The filter is on: only {what}. {count} dates are hidden.")
        if data.hidden == 1:
            text = self.tr("The filter is on: only {what}. 1 date is hidden.")
        what = ", ".join(part for part in parts if part)
        self._ui.filterText.setText(text.format(what=what, count=data.hidden))

    def _choose(self) -> None:
        status = self.status.value
        in_conflict = status == IN_CONFLICT
        self.take(
            Filters(
                scope=self.scope.value,
                person=self.person.value,
                kind=self.kind.value,
                status=None if in_conflict else status,
                in_conflict=in_conflict,
            )
        )

    def _show_row(self, shown: bool) -> None:
        self._ui.filterRow.setVisible(shown)
        if shown:
            self._offer_people()
            self._ui.scopeBox.setFocus()

    def _offer_people(self) -> None:
        people: list[tuple[UUID | None, str]] = [(None, self.tr("Everybody"))]
        if self._context.is_open:
            people += choices.people(self._context)
        self.person.offer(people)
        self.person.show(self.filters.person)

    def _show_values(self) -> None:
        filters = self.filters
        self.scope.show(filters.scope)
        self.kind.show(filters.kind)
        self.status.show(IN_CONFLICT if filters.in_conflict else filters.status)
        if filters.person is not None and self.person.value != filters.person:
            self._offer_people()
        self.person.show(filters.person)
