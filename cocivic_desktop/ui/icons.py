"""Line icons: one SVG file each in `resources/icons`, drawn with `currentColor` and coloured when loaded."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cocivic_desktop import paths
from cocivic_desktop.ui.theme import roles


def icon(name: str, role: str = "text", size: int = 16) -> QIcon:
    """The icon `resources/icons/<name>.svg` in a role's colour, drawn at `size` logical pixels and for dense screens.

    Ask again after a change of theme.
    """
    return _icon(name, getattr(roles(), role), size)


def pixmap(name: str, size: int, role: str = "text", scale: float = 1.0) -> QPixmap:
    """One drawing of `size` logical pixels for a screen of the given scale."""
    result = _draw(name, getattr(roles(), role), round(size * scale))
    result.setDevicePixelRatio(scale)
    return result


@lru_cache(maxsize=256)
def _icon(name: str, color: str, size: int) -> QIcon:
    result = QIcon()
    for pixels in (size, 2 * size):
        result.addPixmap(_draw(name, color, pixels))
    return result


def _draw(name: str, color: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", f"#{color}").encode()))
    result = QPixmap(size, size)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
