"""A combo box whose choices are values of Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox


class ChoiceBox:
    """A combo box that keeps its values in Python (Qt would turn enumeration values into plain text)."""

    def __init__(self, box: QComboBox, chosen: Callable[[Any], object] | None = None) -> None:
        self.box = box
        self._values: list[Any] = []
        self._texts: list[str] = []
        if chosen is not None:
            box.activated.connect(lambda: chosen(self.value))

    @property
    def value(self) -> Any:
        """What is chosen; None for nothing."""
        number = self.box.currentIndex()
        return self._values[number] if 0 <= number < len(self._values) else None

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices; what is chosen stays chosen where it can."""
        present = self.value
        texts = [text for _, text in choices]
        self._values = [value for value, _ in choices]
        if texts != self._texts:
            self._texts = texts
            self.box.clear()
            self.box.addItems(texts)
        self.show(present)

    def show(self, value: Any) -> None:
        """Show a value without telling anybody; the first choice where it is not offered."""
        fallback = 0 if self._values else -1
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else fallback)
