"""The one place from which every page hears that data changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Events(QObject):
    """`changed` carries a `Changes`; it comes from the workspace itself, so undo and imports are told too."""

    changed = Signal(object)
    workspace_opened = Signal()
    """A workspace is open now: everything shown before belongs to another one."""
    theme_changed = Signal()
    """Painted widgets and icons have to be drawn in other colours."""
