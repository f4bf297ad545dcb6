"""A number field that shows no zeros which nobody typed: 3 and 3.5 instead of 3.00 and 3.50."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox

from cocivic_desktop.ui.texts.formats import number_text


class NumberSpin(QDoubleSpinBox):
    """Usable from Designer in place of a `QDoubleSpinBox`."""

    def textFromValue(self, value: float) -> str:
        """The number as the locale writes it, without zeros at its end."""
        return number_text(value, self.decimals())
