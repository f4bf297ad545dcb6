"""The line to note hours in, with what it may go on with in a list below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from cocivic_desktop.domain.rules.quick_completion import Suggestion


class QuickLine(QLineEdit):
    """Tab takes the suggestion that is marked; the arrow keys mark another one, and then Enter takes it as well.

    Enter without choosing stores the line as it stands. Up in an empty line asks for the last entry.
    """

    repeat_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.suggest: Callable[[str, int], Sequence[Suggestion]] = lambda line, cursor: ()
        self._found: Sequence[Suggestion] = ()
        self._chosen = False
        self._asked_at = 0
        self._list: QListWidget | None = None
        self.textEdited.connect(lambda: self._ask())
        self.cursorPositionChanged.connect(lambda: self._cursor_moved())

    @property
    def suggestions(self) -> list[str]:
        """What is offered now, in words."""
        return [one.label for one in self._found]

    def event(self, event: QEvent) -> bool:
        """Tab is taken here while something is offered; else it goes to the next field."""
        if self._found and isinstance(event, QKeyEvent):
            plain_tab = (event.key(), event.modifiers()) == (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
            if event.type() == QEvent.Type.KeyPress and plain_tab:
                self._take()
                return True
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, Enter and Escape while something is offered; Up in an empty line."""
        key = event.key()
        if self._found and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._mark(1 if key == Qt.Key.Key_Down else -1)
            return
        if self._found and key == Qt.Key.Key_Escape:
            self._close()
            return
        if self._found and self._chosen and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return
        if key == Qt.Key.Key_Up and not self.text():
            self.repeat_wanted.emit()
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is offered to a line that nobody types in."""
        self._close()
        super().focusOutEvent(event)

    def _ask(self) -> None:
        self._found = self.suggest(self.text(), self.cursorPosition()) if self.hasFocus() else ()
        self._chosen, self._asked_at = False, self.cursorPosition()
        if not self._found:
            self._close()
            return
        shown = self._list if self._list is not None else self._make_list()
        shown.clear()
        shown.addItems([one.label for one in self._found])
        shown.setCurrentRow(0)
        window = self.window()
        corner = self.mapTo(window, QPoint(0, self.height() + 2))
        height = len(self._found) * shown.sizeHintForRow(0) + 2 * shown.frameWidth() + 2
        shown.setGeometry(corner.x(), corner.y(), min(360, self.width()), min(height, window.height() - corner.y() - 4))
        shown.show()
        shown.raise_()
        self._tell()

    def _make_list(self) -> QListWidget:
        """It lies above the page within the window, and the keyboard stays in the line."""
        shown = QListWidget(self.window())
        shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shown.setProperty("look", "popup")
        shown.setAccessibleName(self.tr("Suggestions"))
        shown.setUniformItemSizes(True)
        shown.setStyle(self.style())
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.itemPressed.connect(lambda: QTimer.singleShot(0, self, self._take))
        self.destroyed.connect(shown.deleteLater)
        self._list = shown
        return shown

    def _mark(self, step: int) -> None:
        if self._list is not None:
            self._list.setCurrentRow((self._list.currentRow() + step) % len(self._found))
            self._chosen = True
            self._tell()

    def _tell(self) -> None:
        """Screen readers hear what Tab would take."""
        if self._list is not None and self._found:
            self.setAccessibleDescription(self._found[max(0, self._list.currentRow())].label)

    def _take(self) -> None:
        if not self._found or self._list is None:
            return
        one = self._found[max(0, self._list.currentRow())]
        self._close()
        self.setText(one.line)
        self.setCursorPosition(one.cursor)
        self.setFocus()

    def _close(self) -> None:
        self._found, self._chosen = (), False
        self.setAccessibleDescription("")
        if self._list is not None:
            self._list.hide()

    def _cursor_moved(self) -> None:
        """What was offered for another place in the line is void."""
        if self._found and self.cursorPosition() != self._asked_at:
            self._close()
