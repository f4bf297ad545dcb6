"""The look in one place: the colour roles, the palette and the style sheet made from them.

Pages hold no colours. A widget asks for a look by the dynamic property `look`
(`label.setProperty("look", "title")`); painted widgets ask `roles()`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette

from cocivic_desktop import paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

ROW_HEIGHT: Final = 36
"""Height of a row in tables and lists, in logical pixels."""
TARGET: Final = 32
"""Least height of anything to click, in logical pixels."""
SMALLEST_TEXT: Final = 14
"""Size of running text in logical pixels where the system asks for no larger one."""
STYLED: Final = "fusion"
"""Property of the application that has the style Fusion. To ask it for its style costs 16 ms before the first paint."""


@dataclass(frozen=True)
class Roles:
    """The colours by what they mean, as hex without "#"."""

    background: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    accent_soft: str
    selection: str
    warning: str
    warning_soft: str
    bad: str
    bad_soft: str
    good: str
    good_soft: str
    holiday: str
    assessment: str

    def color(self, role: str) -> QColor:
        """The colour of a role, e.g. `roles().color("accent")`."""
        return QColor(f"#{getattr(self, role)}")


LIGHT: Final = Roles(
    background="F6F5F1",
    surface="FFFFFF",
    line="DEDBD2",
    text="22262B",
    muted="5C636B",
    accent="1F6F63",
    accent_text="FFFFFF",
    accent_soft="E2F0ED",
    selection="D6EAE6",
    warning="8A5300",
    warning_soft="FCF0DC",
    bad="A3262A",
    bad_soft="FBE7E6",
    good="2C6E2F",
    good_soft="E6F2E4",
    holiday="ECE7D9",
    assessment="F3E1C6",
)
DARK: Final = Roles(
    background="1B1E20",
    surface="25292C",
    line="3A4045",
    text="E9E7E1",
    muted="A9B0B6",
    accent="6CC4B4",
    accent_text="10211E",
    accent_soft="21403B",
    selection="2B4A45",
    warning="F0B860",
    warning_soft="43351C",
    bad="F39A95",
    bad_soft="472625",
    good="8CCB8E",
    good_soft="23382A",
    holiday="33342D",
    assessment="453821",
)


def roles() -> Roles:
    """The roles in force, read from the application's palette, so that nothing has to be handed around."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def apply_theme(app: QApplication, choice: str = "system") -> Roles:
    """Dress the application. `choice` is "light", "dark" or "system". Returns the roles in force."""
    hints = app.styleHints()
    dark = choice == "dark" or (choice != "light" and hints.colorScheme() == Qt.ColorScheme.Dark)
    chosen = DARK if dark else LIGHT
    if not app.property(STYLED):
        app.setStyle("Fusion")
        app.setProperty(STYLED, True)
    QDir.setSearchPaths("style", [str(paths.resources() / "styles" / ("dark" if dark else "light"))])
    font = _font(app)
    app.setFont(font)
    app.setPalette(palette(chosen))
    app.setStyleSheet(style_sheet(chosen, font.pixelSize()))
    return chosen


def palette(chosen: Roles) -> QPalette:
    """The Qt palette of the roles; Fusion draws check boxes, calendars and menus from it."""
    result = QPalette()
    role = QPalette.ColorRole
    table = {
        role.Window: "background",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "background",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.Highlight: "selection",
        role.HighlightedText: "text",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.PlaceholderText: "muted",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Light: "surface",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "muted",
        role.Shadow: "line",
    }
    for palette_role, name in table.items():
        result.setColor(palette_role, chosen.color(name))
    for palette_role in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, palette_role, _mix(chosen, "muted", "background", 0.65))
    return result


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget another look after it was shown; before that, `setProperty("look", …)` is enough."""
    set_state(widget, "look", look)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet looks at, and draw the widget anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(chosen: Roles, text_size: int = SMALLEST_TEXT) -> str:
    """The style sheet of `resources/styles/base.qss` with roles and sizes filled in. `text_size` in logical pixels."""
    source = (paths.resources() / "styles" / "base.qss").read_text(encoding="utf-8")
    values = {field.name: f"#{getattr(chosen, field.name)}" for field in fields(chosen)}
    values["hover"] = _mix(chosen, "text", "surface", 0.05).name()
    values["hover_background"] = _mix(chosen, "text", "background", 0.06).name()
    values["accent_hover"] = _mix(chosen, "text", "accent", 0.15).name()
    values["handle"] = _mix(chosen, "muted", "background", 0.4).name()
    values["input_line"] = _mix(chosen, "muted", "line", 0.35).name()
    for name, size in {"title": 20, "section": 15, "normal": 14, "small": 12, "figure": 28}.items():
        values[f"{name}_size"] = f"{max(12, round(size * text_size / SMALLEST_TEXT))}px"
    return Template(source).substitute(values)


def _mix(chosen: Roles, first: str, second: str, share: float) -> QColor:
    """`share` of the first role's colour over the second's."""
    a, b = chosen.color(first), chosen.color(second)
    return QColor(
        round(a.red() * share + b.red() * (1 - share)),
        round(a.green() * share + b.green() * (1 - share)),
        round(a.blue() * share + b.blue() * (1 - share)),
    )


def _font(app: QApplication) -> QFont:
    """The system's font at 14 logical pixels, or larger where the person asked the system for large text."""
    font = QFont(app.font())
    asked = QFontInfo(font).pixelSize()
    font.setPixelSize(asked if asked > 15 else SMALLEST_TEXT)
    return font
