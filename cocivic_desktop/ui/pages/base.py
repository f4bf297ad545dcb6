"""What all pages share: they load only while they are seen, and only when what they show has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from cocivic_desktop.ui.record_form import flush_forms

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.ui.context import Context, Target


class Page(QWidget):
    """A page. Subclasses name the kinds they show, build their widgets, and fill them in `reload`.

    `reload` is called when the page is shown for the first time, gets another partnership, or data of its `kinds`
    changed; while the page is hidden it waits until it is seen.
    """

    kinds: ClassVar[tuple[str, ...]] = ()
    """`kind_name`s of what the page shows; empty means everything."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.partnership_id: UUID | None = None
        self._stale = True
        self._target: Target | None = None
        context.events.changed.connect(self.refresh)
        context.events.workspace_opened.connect(self._opened)

    def show_partnership(self, partnership_id: UUID) -> None:
        """Show another partnership (stage pages)."""
        if partnership_id != self.partnership_id:
            flush_forms(self)
            self.partnership_id = partnership_id
            self._reload_soon()

    def refresh(self, changes: Changes | None = None) -> None:
        """Load anew if these changes touch what is shown; None means anything may have changed."""
        if changes is None or not self.kinds or changes.touches(*self.kinds):
            self._reload_soon()

    def reload(self) -> None:
        """Fill the widgets from services. Only called while a workspace is open (and a partnership, on stage pages)."""

    def open_target(self, target: Target) -> None:
        """Point at a part of the page (`target.section`) or a record (`target.item`); called after `reload`."""

    def first_control(self) -> QWidget | None:
        """Where the keyboard stands after a person has come here: what is used first; None for the first control."""
        return None

    def go_to(self, target: Target) -> None:
        """Called by the window: `open_target`, as soon as the page has loaded."""
        self._target = target
        if self.isVisible():
            self._load()

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while the page was hidden."""
        super().showEvent(event)
        self._load()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what was typed before another page comes."""
        flush_forms(self)
        super().hideEvent(event)

    def _opened(self) -> None:
        self.partnership_id = None
        self._reload_soon()

    def _reload_soon(self) -> None:
        """Several changes in one turn of the event loop make one reload."""
        self._stale = True
        if self.isVisible():
            QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        if not self.context.is_open:
            return
        if self._stale:
            self._stale = False
            self.reload()
        if self._target is not None:
            target, self._target = self._target, None
            self.open_target(target)


class StagePage(Page):
    """A page of one stage of a partnership."""

    room_wanted = Signal()
    """`wants_room` has changed."""

    @property
    def wants_room(self) -> bool:
        """Whether the page needs all of a low window, so that the next step is not told above it."""
        return False

    @property
    def partnership(self) -> UUID:
        """The id of the partnership shown; in `reload` there always is one."""
        if self.partnership_id is None:
            raise RuntimeError("a stage page was loaded without a partnership")
        return self.partnership_id

    def _load(self) -> None:
        if self.partnership_id is not None:
            super()._load()
