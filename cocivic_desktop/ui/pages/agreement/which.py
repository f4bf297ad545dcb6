"""Which of a partnership's agreements is shown, and which one counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from cocivic_desktop.domain.agreements import Agreement, AgreementState, FollowKind
from cocivic_desktop.domain.rules.counting_agreement import IN_FORCE, counting_agreement
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.card import label
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


class WhichAgreement(QFrame):
    """Seen only where a partnership has several agreements: says which one counts and lets the person switch."""

    wanted = Signal(object)
    """The id of the agreement to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self.text = label(wrap=True)
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Agreement that is shown"))
        self.choice = ChoiceBox(self.box, lambda id: self.wanted.emit(id))
        self.other_button = QPushButton()
        self.other_button.clicked.connect(lambda: self.wanted.emit(self._other))
        self._other: UUID | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(12)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.box)
        layout.addWidget(self.other_button)

    def showEvent(self, event: QShowEvent) -> None:
        """Wide enough for the choices, not wider."""
        self.box.setMaximumWidth(260)
        super().showEvent(event)

    def show_agreements(self, found: Sequence[Agreement], shown: Agreement | None) -> None:
        """Show a partnership's agreements, the first one first; hides while there is only one."""
        self.setVisible(len(found) > 1 and shown is not None)
        if shown is None:
            return
        self.choice.offer([(one.id, self._name(one)) for one in reversed(found)])
        self.choice.show(shown.id)
        counting = counting_agreement(found)
        in_force = counting if counting is not None and counting.state in IN_FORCE else None
        self.text.setText(self._notice(shown, in_force, found))
        other = self._other_of(shown, in_force, found)
        self._other = other.id if other is not None else None
        self.other_button.setVisible(other is not None and len(found) == 2)
        self.box.setVisible(not self.other_button.isVisibleTo(self))
        if other is not None:
            signed = other.state in IN_FORCE
            self.other_button.setText(self.tr("Show the one in force") if signed else self.tr("Show the other one"))

    def _notice(self, shown: Agreement, in_force: Agreement | None, found: Sequence[Agreement]) -> str:
        if in_force is None:
            return self.tr("You see: {agreement}. None of the agreements is signed.").format(
                agreement=self._name(shown)
            )
        name = self._name(in_force)
        if shown.id != in_force.id:
            return self.tr("In force: {agreement}. What you see here is {other}: it counts once it is signed.").format(
                agreement=name, other=self._following(shown)
            )
        later = [one for one in found if one.created_at > shown.created_at and one.state is not AgreementState.ENDED]
        if later:
            return self.tr("This one is in force: {agreement}. Being prepared: {other}.").format(
                agreement=name, other=self._following(later[-1])
            )
        return self.tr("This one is in force: {agreement}.").format(agreement=name)

    def _other_of(self, shown: Agreement, in_force: Agreement | None, found: Sequence[Agreement]) -> Agreement | None:
        if in_force is not None and in_force.id != shown.id:
            return in_force
        return next((one for one in reversed(found) if one.id != shown.id), None)

    def _following(self, one: Agreement) -> str:
        """What kind of draft it is: a renewal, an amendment, or another agreement."""
        state = word(one.state)
        if one.follows_as is FollowKind.RENEWAL:
            return self.tr("a renewal ({state})").format(state=state)
        if one.follows_as is FollowKind.AMENDMENT:
            return self.tr("an amendment ({state})").format(state=state)
        return self.tr("another agreement ({state})").format(state=state)

    def _name(self, one: Agreement) -> str:
        parts = (one.title or word(one.kind), word(one.state), span_text(one.starts_on, one.ends_on))
        return " · ".join(part for part in parts if part)
