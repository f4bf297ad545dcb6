from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from cocivic_desktop.ui import icons
from cocivic_desktop.ui.theme import DARK, LIGHT, style_sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FIRST_PAINT = """
import sys, json
from cocivic_desktop import app as application
from cocivic_desktop.ui.main_window import MainWindow

app = application.make_application()
context = application.make_context()
application.translate(app, "en")
application.dress(app, context)
window = MainWindow(context)

def painted():
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
    app.quit()

window.painted.connect(painted)
window.show()
app.exec()
window.close()
"""


def test_qt_does_not_lose_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm up")
    before = sys.getrefcount(None)
    for number in range(1_000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 20


def test_window_is_painted_before_anything_heavy_is_imported(data_folder: object) -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    heavy = {"sqlalchemy", "alembic", "docx", "icalendar", "holidays", "matplotlib", "lxml", "sqlcipher3", "openpyxl"}
    heavy |= {"xlsxwriter", "vobject", "caldav", "niquests"}
    assert not loaded & heavy


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "background"),
        ("text", "surface"),
        ("text", "selection"),
        ("text", "accent_soft"),
        ("text", "holiday"),
        ("text", "assessment"),
        ("muted", "background"),
        ("muted", "surface"),
        ("accent", "surface"),
        ("accent", "accent_soft"),
        ("accent_text", "accent"),
        ("warning", "warning_soft"),
        ("bad", "bad_soft"),
        ("bad", "surface"),
        ("good", "surface"),
    ],
)
def test_text_has_contrast(roles: object, text: str, ground: str) -> None:
    assert _contrast(getattr(roles, text), getattr(roles, ground)) >= 4.5


def test_style_sheet_has_no_holes() -> None:
    for roles in (LIGHT, DARK):
        assert "$" not in style_sheet(roles)


@pytest.mark.parametrize("name", ["home", "search", "calendar", "archive", "guidance"])
def test_icons_take_the_colour_of_the_role(qapp_dressed: object, name: str) -> None:
    image = icons.pixmap(name, 24, "accent").toImage()
    solid = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
    assert solid
    assert all(abs(color.red() - 0x1F) < 8 and abs(color.green() - 0x6F) < 8 for color in solid)


def test_clickable_things_are_high_enough(qtbot: QtBot, qapp_dressed: object) -> None:
    for look in ("", "primary", "quiet", "danger", "navigation"):
        widget = QPushButton("x")
        qtbot.addWidget(widget)
        widget.setProperty("look", look)
        widget.show()
        assert widget.sizeHint().height() >= 32
