"""The filters of the people list: text, kind, organisation, class, partnership, and whether they still take part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QComboBox

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.services.people import People, Standing, Wanted
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from cocivic_desktop._generated.forms.people_page import Ui_PeoplePage


NARROW, LEAST_CARD = 600, 340
"""Width of the list below which the boxes need two rows, and its least width, in logical pixels."""
BOX, WIDE_BOX = 118, 158
"""Least widths of the boxes: "All kinds", "All organisations"."""


class PeopleFilters(QObject):
    """Asks the boxes what is wanted, and calls `changed` when somebody wants something else."""

    def __init__(self, ui: Ui_PeoplePage, changed: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._text = ui.filterLine
        self._text.setClearButtonEnabled(True)
        self._text.setAccessibleName(self.tr("Find people"))
        self._text.textChanged.connect(lambda: changed())
        self.kind = _box(ui.kindBox, self.tr("Kind"), changed)
        self.organisation = _box(ui.organisationBox, self.tr("Organisation"), changed)
        self.standing = _box(ui.standingBox, self.tr("Whether they still take part"), changed)
        self.classes = _box(ui.classBox, self.tr("Class or group"), changed)
        self.partnership = _box(ui.partnershipBox, self.tr("Partnership"), changed)
        self.kind.offer([(None, self.tr("All kinds")), *((one, choice_word(one)) for one in PersonKind)])
        self.standing.offer(
            [
                (Standing.ACTIVE, self.tr("Taking part")),
                (Standing.LEFT, self.tr("Left")),
                (None, self.tr("Taking part and left")),
            ]
        )

        self.standing.show(Standing.ACTIVE)
        self._ui = ui
        self._narrow = False
        ui.listCard.setMinimumWidth(LEAST_CARD)
        ui.listCard.installEventFilter(self)
        self._arrange()

    def offer(self, people: People) -> None:
        """Offer the organisations, classes and partnerships that there are."""
        used = {one.organisation_id for one in people.people}
        organisations = [(id, name) for id, name in people.organisations.items() if id in used]
        partnerships = list(people.partnerships.items())
        self.organisation.offer([(None, self.tr("All organisations")), *sorted(organisations, key=_by_name)])
        self.classes.offer([("", self.tr("All classes")), *((one, one) for one in people.classes)])
        self.partnership.offer([(None, self.tr("All partnerships")), *sorted(partnerships, key=_by_name)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a narrow list the boxes stand two by two, so that every word can be read."""
        if event.type() == QEvent.Type.Resize:
            narrow = self._ui.listCard.width() < NARROW
            if narrow != self._narrow:
                self._narrow = narrow
                self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Put the boxes into the grid: in one row under the text, or in two."""
        ui, grid = self._ui, self._ui.filterGrid
        boxes = (ui.kindBox, ui.organisationBox, ui.classBox, ui.partnershipBox)
        across = 2 if self._narrow else len(boxes)
        for number, box in enumerate(boxes):
            grid.addWidget(box, 1 + number // across, number % across)
        grid.addWidget(ui.filterLine, 0, 0, 1, across - 1)
        grid.addWidget(ui.standingBox, 0, across - 1)
        for column in range(len(boxes)):
            wide, used = column % 2 == 1, column < across
            grid.setColumnMinimumWidth(column, (WIDE_BOX if wide or self._narrow else BOX) if used else 0)
            grid.setColumnStretch(column, (3 if wide else 2) if used and not self._narrow else int(used))

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to."""
        return Wanted(
            text=self._text.text().strip(),
            kind=self.kind.value,
            organisation_id=self.organisation.value,
            class_group=self.classes.value or "",
            partnership_id=self.partnership.value,
            standing=self.standing.value,
        )

    def clear(self) -> None:
        """Show everybody again, also who has left."""
        self._text.clear()
        for box in (self.kind, self.organisation, self.classes, self.partnership):
            box.box.setCurrentIndex(0)
        self.standing.show(None)


def _box(box: QComboBox, name: str, changed: Callable[[], object]) -> ChoiceBox:
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    return ChoiceBox(box, lambda _: changed())


def _by_name(one: tuple[Any, str]) -> str:
    return fold(one[1])
