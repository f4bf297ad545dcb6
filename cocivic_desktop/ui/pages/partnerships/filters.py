"""The line that narrows the pipeline: words, state, coordinator, region, field, what is due, and the order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.rules.pipeline import STATES, PipelineFilter, PipelineOrder, Prospect, region_of
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.partnerships_page import Ui_PartnershipsPage

TYPING_MS = 150


class FilterLine(QObject):
    """Binds the widgets of the line. `changed` is called when the person has chosen something else."""

    def __init__(self, ui: Ui_PartnershipsPage, changed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._changed = ui, changed
        self._state = ChoiceBox(ui.stateBox, lambda _: changed())
        self._coordinator = ChoiceBox(ui.coordinatorBox, lambda _: changed())
        self._region = ChoiceBox(ui.regionBox, lambda _: changed())
        self._field = ChoiceBox(ui.fieldBox, lambda _: changed())
        self._order = ChoiceBox(ui.orderBox, lambda _: changed())
        self._state.offer([(None, self.tr("Any state")), *((state, choice_word(state)) for state in STATES)])
        self._order.offer(
            [
                (PipelineOrder.NEXT_CONTACT, self.tr("By next contact")),
                (PipelineOrder.SCHOOL, self.tr("By school")),
                (PipelineOrder.TITLE, self.tr("By title")),
                (PipelineOrder.LAST_CHANGE, self.tr("Last changed first")),
            ]
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(changed)
        ui.filterLine.setClearButtonEnabled(True)
        ui.filterLine.textChanged.connect(lambda: self._timer.start())
        ui.dueButton.clicked.connect(lambda: changed())

    def fold_over(self, narrow: bool) -> None:
        """Go on in a second row where the window is narrow, so that every word can be read."""
        ui = self._ui
        moved: list[QWidget] = [ui.coordinatorBox, ui.regionBox, ui.fieldBox, ui.dueButton]
        if narrow == (ui.filterSecondRow.indexOf(ui.dueButton) >= 0):
            return
        for widget in moved:
            (ui.filterRow if narrow else ui.filterSecondRow).removeWidget(widget)
            if narrow:
                ui.filterSecondRow.addWidget(widget)
            else:
                ui.filterRow.insertWidget(ui.filterRow.indexOf(ui.orderBox), widget)

    @property
    def order(self) -> PipelineOrder:
        """How to sort."""
        return PipelineOrder(self._order.value)

    def wanted(self, *, with_state: bool) -> PipelineFilter:
        """What the person wants to see. The board shows all states: it has a column for each."""
        return PipelineFilter(
            text=self._ui.filterLine.text(),
            state=self._state.value if with_state else None,
            coordinator_id=self._coordinator.value,
            region=self._region.value or "",
            vocational_field=self._field.value or "",
            due_only=self._ui.dueButton.isChecked(),
        )

    def offer(self, prospects: Sequence[Prospect]) -> None:
        """Offer what occurs; a box with nothing to choose from is hidden."""
        schools = [one.school for one in prospects if one.school is not None]
        coordinators = {one.partnership.coordinator_id: one.coordinator for one in prospects if one.coordinator}
        fields = {fold(field): field for school in schools for field in school.vocational_fields}
        for box, nothing, found in (
            (self._coordinator, self.tr("Any coordinator"), list(coordinators.items())),
            (self._region, self.tr("Any region"), [(place, place) for place in {region_of(one) for one in schools}]),
            (self._field, self.tr("Any field"), [(field, field) for field in fields.values()]),
        ):
            usable: list[tuple[Any, str]] = sorted(((v, t) for v, t in found if t), key=lambda one: fold(one[1]))
            box.offer([(None, nothing), *usable])
            box.box.setVisible(len(usable) > 1 or box.value is not None)

    def clear(self) -> None:
        """Show everything again."""
        self._ui.filterLine.clear()
        self._timer.stop()
        self._ui.dueButton.setChecked(False)
        for box in (self._state, self._coordinator, self._region, self._field):
            box.show(None)
        self._changed()

    def only_due(self) -> None:
        """Show only whom to contact now."""
        self._ui.dueButton.setChecked(True)
        self._changed()
