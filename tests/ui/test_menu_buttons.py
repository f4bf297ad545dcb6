"""A button that opens a menu says so by an arrow at its right end, in both looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from cocivic_desktop.ui.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

END = range(22, 8, -1)
"""Where the arrow stands, in logical pixels from the right edge: inside the border, right of the words."""


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest, qapp_dressed: QApplication) -> Iterator[str]:
    apply_theme(qapp_dressed, request.param)
    yield request.param
    apply_theme(qapp_dressed, "light")


def colours(button: QPushButton | QToolButton) -> int:
    """How many colours there are at the button's right end."""
    picture = button.grab().toImage()
    ratio = picture.devicePixelRatio()
    return len(
        {
            picture.pixel(int((button.width() - x) * ratio), int(y * ratio))
            for x in END
            for y in range(8, button.height() - 8)
        }
    )


@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
def test_a_menu_is_told_by_an_arrow_that_has_its_room(
    qtbot: QtBot, look: str, kind: type[QPushButton] | type[QToolButton]
) -> None:
    button = kind()
    qtbot.addWidget(button)
    button.setText("Document")
    button.show()
    plain = button.sizeHint().width()
    menu = QMenu(button)
    button.setMenu(menu)
    if isinstance(button, QToolButton):
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.style().polish(button)
    assert button.sizeHint().width() >= plain + 12
    button.resize(button.sizeHint())
    assert colours(button) > 3
    words = button.fontMetrics().horizontalAdvance("Document")
    assert button.width() - words >= 12 + END[0] - END[-1]
