"""An amount of money with two decimals whose value is in hundredths."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

CENTS = 100


class CentsSpin(QSpinBox):
    """Shows 125000 as "1250.00", with the decimal sign of the screen's locale; one step is a whole unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSingleStep(CENTS)

    def textFromValue(self, value: int) -> str:
        """The amount with two decimals."""
        return f"{value / CENTS:.2f}".replace(".", QLocale().decimalPoint())

    def valueFromText(self, text: str) -> int:
        """Hundredths of what is typed; the least value for what is no number."""
        number, valid = QLocale().toDouble(text.strip())
        return round(number * CENTS) if valid else self.minimum()

    def validate(self, text: str, position: int) -> object:
        """A number, or the beginning of one."""
        plain = text.strip()
        number, valid = QLocale().toDouble(plain)
        if valid and number * CENTS > self.maximum():
            return QValidator.State.Invalid
        if valid or plain == self.specialValueText():
            return QValidator.State.Acceptable
        allowed = set("0123456789") | {QLocale().decimalPoint(), QLocale().groupSeparator(), "-", " "}
        return QValidator.State.Intermediate if set(plain) <= allowed else QValidator.State.Invalid
