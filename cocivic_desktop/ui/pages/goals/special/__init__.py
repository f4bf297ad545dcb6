"""The parts that only single models of cooperation call for, one place for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtWidgets import QMenu, QPushButton

from cocivic_desktop._generated.forms.special_parts import Ui_SpecialParts
from cocivic_desktop.domain.model_parts import ModelPart
from cocivic_desktop.services import model_parts
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.pages.goals.special.badges import BadgePart
from cocivic_desktop.ui.pages.goals.special.base import SpecialPart
from cocivic_desktop.ui.pages.goals.special.lists import CompetencePart, FellowshipPart, ProtocolPart
from cocivic_desktop.ui.pages.goals.special.research import ResearchPart
from cocivic_desktop.ui.pages.goals.special.selection import SelectionPart
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.words import choice_word

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

PARTS: Final[dict[ModelPart, type[SpecialPart]]] = {
    ModelPart.RESEARCH_INTAKE: ResearchPart,
    ModelPart.SELECTION: SelectionPart,
    ModelPart.FELLOWSHIP: FellowshipPart,
    ModelPart.COMPETENCES: CompetencePart,
    ModelPart.BADGES: BadgePart,
    ModelPart.CRISIS_PROTOCOL: ProtocolPart,
}
PLACES: Final[dict[str, ModelPart]] = {
    **{part.value: part for part in ModelPart},
    "research_question": ModelPart.RESEARCH_INTAKE,
    "candidate": ModelPart.SELECTION,
    "fellowship_pair": ModelPart.FELLOWSHIP,
    "competence": ModelPart.COMPETENCES,
    "badge": ModelPart.BADGES,
    "badge_award": ModelPart.BADGES,
    "crisis_protocol": ModelPart.CRISIS_PROTOCOL,
}
"""Where sections of the page's targets lead: codes of parts, and kinds of record."""


class SpecialParts(StagePart):
    """A button for each part in use, and below it the part. A menu switches parts on and off."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SpecialParts()
        self.ui.setupUi(self)
        self._shown: ModelPart | None = None
        self.places: dict[ModelPart, SpecialPart] = {}
        self.buttons: dict[ModelPart, QPushButton] = {}
        self.actions_of: dict[ModelPart, QAction] = {}
        menu = QMenu(self)
        for part in ModelPart:
            button = QPushButton(self._short(part))
            button.setToolTip(choice_word(part))
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.hide()
            button.clicked.connect(lambda _=False, part=part: self.show_part(part))
            self.ui.partRow.addWidget(button)
            self.buttons[part] = button
            action = menu.addAction(choice_word(part))
            action.setCheckable(True)
            action.triggered.connect(lambda on, part=part: self.switch(part, on))
            self.actions_of[part] = action
        self.ui.chooseButton.setMenu(menu)
        self.ui.emptyState.set_texts(
            self.tr("No special parts in use"),
            self.tr(
                "Some models of cooperation need more: a science shop takes in research questions, a co-creation hub "
                "selects fellows, others award badges or refer to a crisis protocol. You can use any of these parts in "
                "any partnership."
            ),
            self.tr("Choose special parts"),
        )
        below = self.ui.emptyState.action_button
        self.ui.emptyState.action_clicked.connect(lambda: menu.popup(below.mapToGlobal(below.rect().bottomLeft())))

    def reload(self) -> None:
        """Show the parts in use, and read the one that is looked at."""
        used = model_parts.parts_of(self.context.workspace, self.partnership)
        for part, button in self.buttons.items():
            button.setVisible(part in used)
            self.actions_of[part].setChecked(part in used)
        self.ui.chooseButton.setVisible(bool(used))
        shown = self._shown if self._shown in used else next((part for part in ModelPart if part in used), None)
        if shown is None:
            self._shown = None
            self.ui.places.setCurrentWidget(self.ui.emptyPage)
        else:
            self.show_part(shown)

    def show_part(self, part: ModelPart) -> SpecialPart:
        """Turn to a part, which is made when it is first looked at."""
        self._shown = part
        self.buttons[part].setChecked(True)
        place = self.places.get(part)
        if place is None:
            place = self.places[part] = PARTS[part](self.context)
            if isinstance(place, SelectionPart):
                place.paired.connect(self._go_to_pair)
            self.ui.places.addWidget(place)
        self.ui.places.setCurrentWidget(place)
        place.load(self.partnership)
        return place

    def switch(self, part: ModelPart, on: bool) -> None:
        """Use a part here, or put it away; what was written in it is kept."""
        if on:
            self._shown = part
        self.context.attempt(model_parts.switch, self.context.workspace, self.partnership, part, on)
        if not on:
            self.context.notify(self.tr("Put away. What was written there is kept."))

    def open_item(self, section: str, item: UUID | None) -> None:
        """Turn to the part that a section names, and to a record there."""
        part = PLACES.get(section)
        if part is not None:
            self.buttons[part].show()
            self.show_part(part).open_item(section, item)

    def _short(self, part: ModelPart) -> str:
        """One word, so that all six fit side by side."""
        return {
            ModelPart.RESEARCH_INTAKE: self.tr("Questions"),
            ModelPart.SELECTION: self.tr("Selection"),
            ModelPart.FELLOWSHIP: self.tr("Fellowships"),
            ModelPart.COMPETENCES: self.tr("Competences"),
            ModelPart.BADGES: self.tr("Badges"),
            ModelPart.CRISIS_PROTOCOL: self.tr("Protocol"),
        }[part]

    def _go_to_pair(self, pair_id: UUID) -> None:
        if ModelPart.FELLOWSHIP not in model_parts.parts_of(self.context.workspace, self.partnership):
            self.switch(ModelPart.FELLOWSHIP, True)
        self.open_item(ModelPart.FELLOWSHIP.value, pair_id)
