"""The expectation board: what our organisation, the school and the learners expect and offer, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from cocivic_desktop._generated.forms.initiate_expectations import Ui_InitiateExpectations
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState
from cocivic_desktop.domain.rules.expectations import Likely, Link, partners, unsettled
from cocivic_desktop.domain.rules.next_steps.base import excerpt
from cocivic_desktop.services import expectations, records
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.expectations import said, state_chip
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

WIDE = 1180
"""From this width on (logical pixels) the details stand beside the board instead of below it."""
DETAILS = "expectations/details"


class ExpectationsPart(StagePart):
    """Three columns of cards; the chosen card's bar and details below. In choosing mode the next card is its match."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiateExpectations()
        self.ui.setupUi(self)
        self._all: list[Expectation] = []
        self._likely: list[Likely] = []
        self._current: UUID | None = None
        self._choosing: tuple[UUID, bool] | None = None
        """The card that is being matched, and whether the two fit."""
        columns = self.ui.columns
        columns.chosen.connect(self._chosen)
        columns.clicked.connect(lambda: self._clicked())
        columns.activated.connect(lambda: self._activated())
        columns.dropped.connect(partial(self._match, True))
        columns.asked_for.connect(self.add)
        self.ui.detail.setup(context)
        self.ui.detail.matched.connect(partial(self._match, True))
        self.ui.openButton.toggled.connect(lambda: self._fill())
        self.ui.archivedButton.toggled.connect(lambda: self.reload())
        self.ui.matchButton.clicked.connect(lambda: self.start_choosing(fits=True))
        self.ui.clashButton.clicked.connect(lambda: self.clash())
        self.ui.partButton.clicked.connect(lambda: self._act(expectations.part))
        self.ui.leaveButton.clicked.connect(lambda: self.stop_choosing())
        self.ui.archiveButton.clicked.connect(lambda: self.archive())
        self.ui.detailButton.toggled.connect(self._show_details)
        self.ui.detailButton.setChecked(context.flag(DETAILS))
        self.ui.empty.set_texts(
            self.tr("What does each side expect, and what does it offer?"),
            self.tr(
                "Differing expectations are the second most frequent reason for failing (55 %). Write each in a "
                "sentence; then lay together what answers what, and see what does not fit."
            ),
            self.tr("Add what we expect"),
            self.tr("Add what the school expects"),
        )
        self.ui.empty.action_clicked.connect(lambda: self.add(Side.CSO, ExpectationKind.EXPECTS))
        self.ui.empty.second_clicked.connect(lambda: self.add(Side.SCHOOL, ExpectationKind.EXPECTS))
        self._set_up_keys()
        self._show_details(self.ui.detailButton.isChecked())
        self.ui.stateLabel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw_icons()

    def _set_up_keys(self) -> None:
        for keys, action in (
            ("Ins", lambda: self.add()),
            ("Del", self.archive),
            ("M", lambda: self.start_choosing(fits=True)),
            ("X", self.clash),
            ("Alt+Up", lambda: self.shift(-1)),
            ("Alt+Down", lambda: self.shift(1)),
            ("Esc", self.stop_choosing),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.ui.stack)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self.ui.matchButton.setToolTip(self.tr("Choose the card that belongs with it (M); or drag one onto the other"))
        self.ui.clashButton.setToolTip(
            self.tr("Whether it fits what it belongs with, or which card it does not fit (X)")
        )
        self.ui.detailButton.setToolTip(self.tr("Words, side and how a mismatch is solved (Enter)"))

    def reload(self) -> None:
        """Read all cards; the chosen one stays chosen."""
        workspace = self.context.workspace
        everything = expectations.board(workspace, self.partnership, archived=True)
        archived = sum(one.archived for one in everything)
        self.ui.archivedButton.setVisible(bool(archived) or self.ui.archivedButton.isChecked())
        self._all = [one for one in everything if not one.archived or self.ui.archivedButton.isChecked()]
        self._likely = expectations.likely_matches(workspace, self.partnership)
        self._fill()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a card and go to where its mismatch is solved, or add to a side that has none."""
        if item is not None:
            self.ui.openButton.setChecked(False)
            self._current = item
            self._fill()
            self.ui.detailButton.setChecked(True)
            box = self.ui.detail.ui
            if box.resolutionBox.isVisibleTo(self):
                box.resolution.setFocus()
            elif self.current is not None:
                self.ui.columns.choose(self.current)
            return
        silent = [side for side in Side if not any(one.side is side for one in self._all)]
        if self._all and silent:
            self.ui.columns.buttons[silent[0]].setFocus()
        elif self.current is not None:
            self.ui.columns.choose(self.current)
        else:
            self.ui.empty.action_button.setFocus()

    def add(self, side: Side | None = None, kind: ExpectationKind | None = None) -> None:
        """Add a card and put the keyboard into its words; without a side, one like the chosen card."""
        current = self.current
        made = Expectation(
            partnership_id=self.partnership,
            side=side or (current.side if current else Side.CSO),
            kind=kind or (current.kind if current else ExpectationKind.EXPECTS),
            text=self.tr("New expectation") if kind is not ExpectationKind.OFFERS else self.tr("New offer"),
        )
        self.ui.openButton.setChecked(False)
        if self.context.attempt(records.add, self.context.workspace, made) is not None:
            self._current = made.id
            self.reload()
            self.ui.detailButton.setChecked(True)
            self.ui.detail.form.focus("text")

    def archive(self) -> None:
        """Put the chosen card away, or bring it back."""
        current = self.current
        if current is not None and self.ui.detail.flush():
            action = records.restore if current.archived else records.archive
            self.context.attempt(action, self.context.workspace, Expectation, current.id)

    def _act(self, action: Callable[[Workspace, UUID], Changes]) -> None:
        if self._current is not None and self.ui.detail.flush():
            self.context.attempt(action, self.context.workspace, self._current)

    def shift(self, step: int) -> None:
        """Move the chosen card up or down among those of its side and kind."""
        current = self.current
        if current is None:
            return
        ids = [one.id for one in self._all]
        near = [one.id for one in self._all if (one.side, one.kind) == (current.side, current.kind)]
        place = near.index(current.id) + step
        if 0 <= place < len(near):
            here, there = ids.index(current.id), ids.index(near[place])
            ids[here], ids[there] = ids[there], ids[here]
            self.context.attempt(records.reorder, self.context.workspace, Expectation, ids)

    def clash(self) -> None:
        """What belongs together does not fit, or fits after all; a card alone is asked what it does not fit with."""
        current = self.current
        if current is None or not partners(current.id, self._all):
            self.start_choosing(fits=False)
            return
        self._act(expectations.fit if current.state is MatchState.MISMATCHED else expectations.mark_mismatch)

    def start_choosing(self, *, fits: bool) -> None:
        """Ask for the card that belongs with the chosen one, or that it does not fit with."""
        current = self.current
        if current is None or current.archived or not self.ui.detail.flush():
            return
        self._choosing = (current.id, fits)
        asked = (
            self.tr("Choose what belongs with “{card}”: click it, or arrows and Enter. Esc leaves.")
            if fits
            else self.tr("Choose what does not fit with “{card}”: click it, or arrows and Enter. Esc leaves.")
        )
        self.ui.chooseLabel.setText(asked.format(card=" ".join(current.text.split())[:80]))
        self.ui.barStack.setCurrentWidget(self.ui.choosePage)
        marked = self._marked()
        self._fill()
        by_id = {one.id: one for one in self._all}
        target = next((by_id[id] for id in marked if id in by_id), None)
        self.ui.columns.choose(target or current)

    def stop_choosing(self) -> None:
        """Leave choosing mode without a choice."""
        if self._choosing is not None:
            self._current = self._choosing[0]
            self._choosing = None
            self.ui.barStack.setCurrentWidget(self.ui.barPage)
            self._fill()

    @property
    def current(self) -> Expectation | None:
        """The chosen card."""
        return next((one for one in self._all if one.id == self._current), None)

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "ui"):
            self._draw_icons()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        self.ui.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.ui.split.setSizes([800, 380] if wide else [1000, 10])

    def _match(self, fits: bool, first: UUID, second: UUID) -> None:
        self._choosing = None
        self.ui.barStack.setCurrentWidget(self.ui.barPage)
        self._current = first
        action = expectations.match if fits else expectations.mark_mismatch
        done = self.context.attempt(action, self.context.workspace, first, second)
        if done is not None and not fits:
            self.ui.detailButton.setChecked(True)
        self.reload()
        if done is not None and not fits:
            self.ui.detail.ui.resolution.setFocus()

    def _chosen(self, card: Expectation) -> None:
        self._current = card.id
        self._show_current()

    def _clicked(self) -> None:
        if self._choosing is not None:
            self._activated()

    def _activated(self) -> None:
        """Enter or a double click: the match that is looked for, or the card's details."""
        current = self.current
        if self._choosing is not None and current is not None:
            source, fits = self._choosing
            if current.id != source:
                self._match(fits, source, current.id)
        elif current is not None:
            self.ui.detailButton.setChecked(True)
            self.ui.detail.form.focus("text")

    def _fill(self) -> None:
        """Show the cards that are asked for, and what is open in a line."""
        shown = self._all
        if self.ui.openButton.isChecked():
            ends = {end.id for one in unsettled(self._all) for end in _ends(one)}
            shown = [one for one in self._all if one.id in ends]
        notes = {}
        for one in self._all:
            others = partners(one.id, self._all)
            notes[one.id] = "↔ " + "; ".join(said(other) for other in others) if others else ""
        present = self.current or next(iter(shown), None)
        self.ui.columns.show_cards(shown, notes, self._marked(), present)
        self._current = present.id if present is not None else None
        self.ui.stack.setCurrentWidget(self.ui.columns if self._all else self.ui.empty)
        self.ui.detailCard.setVisible(bool(self._all))
        open_ones = unsettled(self._all)
        clashes = sum(_ends(one)[0].state is MatchState.MISMATCHED for one in open_ones)
        waiting = len(open_ones) - clashes
        self.ui.summaryLabel.setText(
            self.tr("To settle: mismatches {clashes}, unanswered expectations {waiting}").format(
                clashes=clashes, waiting=waiting
            )
        )
        for widget in (self.ui.summaryLabel, self.ui.openButton):
            widget.setVisible(bool(self._all))
        self._show_current()

    def _show_current(self) -> None:
        current = self.current
        others = partners(current.id, self._all) if current is not None else []
        chip = state_chip(current) if current is not None else None
        self.ui.stateLabel.setText(chip.word if chip else "")
        set_look(self.ui.stateLabel, f"chip-{chip.tone}" if chip else "label")
        text = "↔ " + "; ".join(said(other) for other in others) if others else ""
        self.ui.linkLabel.setText(excerpt(text))
        self.ui.linkLabel.setToolTip(text)
        for button in (self.ui.matchButton, self.ui.clashButton, self.ui.archiveButton):
            button.setEnabled(current is not None)
        self.ui.clashButton.setText(
            self.tr("Does not fit…")
            if not others
            else self.tr("They fit")
            if current is not None and current.state is MatchState.MISMATCHED
            else self.tr("They do not fit")
        )
        settled = current is not None and current.state is not MatchState.OPEN
        self.ui.partButton.setVisible(bool(others) or settled)
        self.ui.partButton.setText(self.tr("Take apart") if others else self.tr("Open again"))
        archived = current is not None and current.archived
        tip = self.tr("Bring back") if archived else self.tr("Archive (Delete); Undo brings it back")
        self.ui.archiveButton.setToolTip(tip)
        self.ui.archiveButton.setAccessibleName(tip)
        likely = [one for one in self._likely if current is not None and current.id in (one.holder.id, one.answer.id)]
        self.ui.detail.show_card(current, self._all, likely)

    def _show_details(self, on: bool) -> None:
        self.ui.detail.setVisible(on)
        self.context.set_flag(DETAILS, on)
        self.ui.split.setSizes([1000, 10])

    def _marked(self) -> list[UUID]:
        """In choosing mode, the cards that are likely to belong with the one that is matched, likeliest first."""
        if self._choosing is None:
            return []
        source = self._choosing[0]
        pairs = [(one.holder.id, one.answer.id) for one in self._likely]
        return [end for pair in pairs if source in pair for end in pair if end != source]

    def _draw_icons(self) -> None:
        self.ui.archiveButton.setIcon(icons.icon("archive"))


def _ends(one: Link | Expectation) -> list[Expectation]:
    return [one] if isinstance(one, Expectation) else [one.holder, one.answer]
