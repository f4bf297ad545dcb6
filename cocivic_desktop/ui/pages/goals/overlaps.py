"""The overlap map, to be filled together at a table: what our themes and the school's objectives have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QVBoxLayout, QWidget

from cocivic_desktop._generated.forms.goals_overlaps import Ui_GoalsOverlaps
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import CoCivicError, InvalidField
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.partnerships import Overlap
from cocivic_desktop.services import overlaps
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.pages.part import StagePart, fit_width
from cocivic_desktop.ui.texts.fields import field_problem
from cocivic_desktop.ui.widgets.painted_text import small

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

LARGE = 1.6
"""How much larger the map is drawn for a projector."""
SAVE_AFTER_MS = 600


class OverlapsPart(StagePart):
    """The map at the left, the chosen cell at the right. The same widget fills the large view."""

    goal_added = Signal(object)
    """The id of a goal that was made of common ground, or that had grown from it already."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(context, parent)
        self.ui = Ui_GoalsOverlaps()
        self.ui.setupUi(self)
        self._typed: tuple[str, str] | None = None
        """The cell whose common ground is being typed and not stored yet."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        matrix = self.ui.matrix
        matrix.setAccessibleName(self.tr("Overlap map: keys 0, 1 and 2 say how much is in common"))
        if large:
            matrix.set_scale(LARGE)
            self.ui.common_ground.setFont(small(self.font(), round(14 * LARGE)))
        matrix.chosen.connect(lambda _pair: self._show_cell())
        matrix.strength_asked.connect(self.set_strength)
        self._strengths = QButtonGroup(self)
        for number, button in enumerate((self.ui.strength0, self.ui.strength1, self.ui.strength2)):
            self._strengths.addButton(button, number)
            button.setToolTip(self.tr("Key {number} on the map").format(number=number))
            button.clicked.connect(lambda _on=False, number=number: self.set_strength(number))
        self.ui.common_ground.textChanged.connect(self._ground_typed)
        self.ui.common_ground.installEventFilter(self)
        self.ui.themeName.editingFinished.connect(lambda: self._rename(self.ui.themeName, 0))
        self.ui.objectiveName.editingFinished.connect(lambda: self._rename(self.ui.objectiveName, 1))
        self.ui.newTheme.returnPressed.connect(lambda: self._add(self.ui.newTheme, overlaps.add_theme))
        self.ui.newObjective.returnPressed.connect(
            lambda: self._add(self.ui.newObjective, lambda ws, text: overlaps.add_objective(ws, self.partnership, text))
        )
        self.ui.removeTheme.clicked.connect(lambda: self._remove(0))
        self.ui.removeObjective.clicked.connect(lambda: self._remove(1))
        for cross, text in (
            (self.ui.removeTheme, self.tr("Take this theme out of the map; Undo brings it back")),
            (self.ui.removeObjective, self.tr("Take this objective out of the map; Undo brings it back")),
        ):
            cross.setToolTip(text)
            cross.setAccessibleName(text)
        self.ui.goalButton.clicked.connect(lambda: self.make_goal())
        self.ui.largeButton.setVisible(not large)
        self.ui.largeButton.setToolTip(self.tr("Fill the screen, for a projector or a table with several people"))
        self.ui.largeButton.clicked.connect(lambda: self.show_large())
        self.ui.problemLabel.hide()
        self.ui.empty.action_clicked.connect(lambda: self._first_missing().setFocus())
        fit_width(self.ui.paneScroll)
        self.ui.split.setSizes([560, 262])
        self.ui.split.setStretchFactor(0, 1)
        self.ui.split.setStretchFactor(1, 0)
        self._draw_icons()

    def reload(self) -> None:
        """Read the map; the chosen cell stays chosen."""
        found = overlaps.overlap_map(self.context.workspace, self.partnership)
        pair = self.ui.matrix.pair
        self.ui.matrix.overlaps.show_map(found)
        filled = bool(found.themes and found.objectives)
        self.ui.stack.setCurrentWidget(self.ui.matrix if filled else self.ui.empty)
        self.ui.pane.setVisible(filled)
        self.ui.largeButton.setEnabled(filled)
        if not filled:
            self._explain_empty(bool(found.themes))
        elif pair is None or not self.ui.matrix.choose(*pair):
            best = max(found.cells, key=lambda key: found.cells[key].strength, default=None)
            self.ui.matrix.choose(*(best or (found.themes[0], found.objectives[0])))
        self._show_cell()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose the cell of an overlap; without one, go to what is missing, or to the map."""
        found = self.ui.matrix.overlaps.map
        cell = next((one for one in found.cells.values() if one.id == item), None) if found is not None else None
        if cell is not None:
            self.ui.matrix.choose(cell.theme, cell.objective)
            self.ui.goalButton.setFocus()
        elif self.ui.stack.currentWidget() is self.ui.matrix:
            self.ui.matrix.setFocus()
        else:
            self._first_missing().setFocus()

    def set_strength(self, strength: int) -> None:
        """Say how much the chosen theme and objective have in common."""
        pair = self.ui.matrix.pair
        if pair is not None and self.flush():
            self._do(lambda: overlaps.set_cell(self.context.workspace, self.partnership, *pair, strength=strength))
            self.reload()  # at once: the next key counts on from here

    def make_goal(self) -> None:
        """Make a shared goal of the chosen cell, or go to the one that has grown from it."""
        pair = self.ui.matrix.pair
        cell = self._cell()
        if pair is None or not self.flush():
            return
        if cell is None:
            self._do(lambda: overlaps.set_cell(self.context.workspace, self.partnership, *pair, strength=1))
            self.reload()
            cell = self._cell()
        if cell is None:
            return
        present = overlaps.goal_of(self.context.workspace, cell)
        if present is None:
            statement = self.tr("By [day], [how many] students have [done what] for: {theme}").format(theme=pair[0])
            made = self.context.attempt(overlaps.goal_from_overlap, self.context.workspace, cell.id, statement)
            present = made[0] if made is not None else None
        if isinstance(present, SharedGoal):
            self.goal_added.emit(present.id)

    def show_large(self) -> None:
        """The map over the whole screen; Esc leaves it."""
        dialog = QDialog(self.window())
        dialog.setWindowTitle(self.tr("Overlap map"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(24, 12, 24, 24)
        part = OverlapsPart(self.context, dialog, large=True)
        layout.addWidget(part)
        part.load(self.partnership)
        if self.ui.matrix.pair is not None:
            part.ui.matrix.choose(*self.ui.matrix.pair)
        self.context.events.changed.connect(part.changed_elsewhere)
        part.goal_added.connect(lambda _id: dialog.close())
        part.goal_added.connect(self.goal_added)
        dialog.resize(self.window().size())
        dialog.showMaximized()
        part.ui.matrix.setFocus()

    def changed_elsewhere(self, changes: Changes) -> None:
        """Read again when something was written (the large view stands outside the page)."""
        if changes.touches("overlap", "organisation", "shared_goal") and self.context.is_open:
            QTimer.singleShot(0, self, self.reload)

    def flush(self) -> bool:
        """Store the common ground that was typed; False when it may not be stored."""
        self._timer.stop()
        pair, self._typed = self._typed, None
        if pair is None:
            return True
        text = self.ui.common_ground.toPlainText()
        return self._do(lambda: overlaps.set_cell(self.context.workspace, self.partnership, *pair, common_ground=text))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Store on leaving the text."""
        if event.type() == QEvent.Type.FocusOut and watched is self.ui.common_ground:
            QTimer.singleShot(0, self, self.flush)
        return False

    def hideEvent(self, event: object) -> None:
        """Store what was typed before another tab comes."""
        self.flush()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "ui"):
            self._draw_icons()
        super().changeEvent(event)

    def _show_cell(self) -> None:
        pair = self.ui.matrix.pair
        if pair is None:
            return
        if self._typed is not None and self._typed != pair:
            self.flush()
        cell = self._cell()
        for line, text in zip((self.ui.themeName, self.ui.objectiveName), pair, strict=True):
            if not (line.hasFocus() and line.isModified()):
                line.setText(text)
                line.setCursorPosition(0)
                line.setToolTip(text)
        self._strengths.button(cell.strength if cell is not None else 0).setChecked(True)
        ground = cell.common_ground if cell is not None else ""
        if self._typed is None and ground != self.ui.common_ground.toPlainText():
            self.ui.common_ground.blockSignals(True)
            self.ui.common_ground.setPlainText(ground)
            self.ui.common_ground.blockSignals(False)
        grown = cell is not None and overlaps.goal_of(self.context.workspace, cell) is not None
        self.ui.goalButton.setText(self.tr("Open its goal") if grown else self.tr("Make it a goal"))

    def _cell(self) -> Overlap | None:
        found, pair = self.ui.matrix.overlaps.map, self.ui.matrix.pair
        return found.cells.get(pair) if found is not None and pair is not None else None

    def _ground_typed(self) -> None:
        self._typed = self.ui.matrix.pair
        self._timer.start()

    def _add(self, line: QLineEdit, action: Callable[..., Changes]) -> None:
        text = line.text()
        if self._do(partial(action, self.context.workspace, text)):
            line.clear()
            self.reload()

    def _rename(self, line: QLineEdit, place: int) -> None:
        pair = self.ui.matrix.pair
        if pair is None or not line.isModified():
            return
        line.setModified(False)
        old, new = pair[place], " ".join(line.text().split())
        if new == old:
            return
        workspace = self.context.workspace
        if place == 0:
            done = self._do(lambda: overlaps.rename_theme(workspace, old, new))
        else:
            done = self._do(lambda: overlaps.rename_objective(workspace, self.partnership, old, new))
        if done:
            self.reload()
            self.ui.matrix.choose(new, pair[1]) if place == 0 else self.ui.matrix.choose(pair[0], new)
        else:
            line.setText(old)

    def _remove(self, place: int) -> None:
        pair = self.ui.matrix.pair
        if pair is not None and self.flush():
            action = overlaps.remove_theme if place == 0 else overlaps.remove_objective
            self._do(lambda: action(self.context.workspace, self.partnership, pair[place]))

    def _do(self, action: Callable[[], Changes]) -> bool:
        """Do something; what may not be stored is said below the map."""
        try:
            action()
        except InvalidField as error:
            self.ui.problemLabel.setText(field_problem(error))
            self.ui.problemLabel.show()
            return False
        except CoCivicError as error:
            self.context.report(error)
            return False
        self.ui.problemLabel.hide()
        return True

    def _explain_empty(self, has_themes: bool) -> None:
        title = self.tr("Where do both of you want the same?")
        if has_themes:
            text = self.tr("Ask which objectives the school works on this year, and add the first one below.")
            action = self.tr("Add an objective")
        else:
            text = self.tr(
                "Lay your themes beside the school's objectives and say how much they share. Strong cells are where "
                "shared goals come from. Begin with a theme of yours, below."
            )
            action = self.tr("Add a theme")
        self.ui.empty.set_texts(title, text, action)

    def _first_missing(self) -> QLineEdit:
        found = self.ui.matrix.overlaps.map
        return self.ui.newObjective if found is not None and found.themes else self.ui.newTheme

    def _draw_icons(self) -> None:
        for button in (self.ui.removeTheme, self.ui.removeObjective):
            button.setIcon(icons.icon("close", "muted"))
