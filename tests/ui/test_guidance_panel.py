"""The guidance beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from cocivic_desktop.ui.widgets.guidance_panel import GuidancePanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_figure_and_its_per_cent_sign_stay_on_one_line(qtbot: QtBot) -> None:
    panel = GuidancePanel()
    qtbot.addWidget(panel)
    panel.show_sections([("Why", "Only 32.1 % never do."), ("How", ["Time stops 63.6 %."])])
    texts = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "32.1\N{NO-BREAK SPACE}%" in texts
    assert "63.6\N{NO-BREAK SPACE}%" in texts
    assert " %" not in texts
