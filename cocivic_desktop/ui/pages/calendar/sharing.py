"""What leaves the calendar for others: the entries of its menu beside the calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cocivic_desktop.ui.record_form import flush_forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu, QWidget

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.publish_dialog import Server


class Sharing(QObject):
    """Invitations, replies, publishing and plans of the partnership that is shown."""

    def __init__(self, context: Context, page: QWidget, shown: Callable[[], Partnership | None]) -> None:
        super().__init__(page)
        self._context, self._page, self._shown = context, page, shown
        self._server: Server | None = None

    def fill(self, menu: QMenu) -> None:
        """Add the entries to a menu."""
        menu.addAction(self.tr("Invite and tell what has changed…"), self.invite)
        menu.addAction(self.tr("Read replies…"), self.read_replies)
        menu.addAction(self.tr("Plan of the year and materials…"), self.write_plan)
        menu.addAction(self.tr("Publish to a calendar server…"), self.publish)

    def invite(self) -> None:
        """Mails to all guests who do not know yet how it stands."""
        from cocivic_desktop.ui.pages.calendar.round_dialog import RoundDialog

        partnership = self._ready()
        if partnership is not None:
            RoundDialog(self._context, partnership.id, self._page).open()

    def read_replies(self) -> None:
        """Answers to invitations."""
        from cocivic_desktop.ui.pages.calendar.replies_dialog import RepliesDialog

        if self._ready() is not None:
            RepliesDialog(self._context, self._page).open()

    def write_plan(self) -> None:
        """The year by weeks, or what has to be there when."""
        from cocivic_desktop.ui.pages.calendar.plan_dialog import PlanDialog

        partnership = self._ready()
        if partnership is not None:
            PlanDialog(self._context, partnership, self._page).open()

    def publish(self) -> None:
        """Our dates in a calendar on a server; signed in once while the program runs."""
        from cocivic_desktop.ui.pages.calendar.publish_dialog import PublishDialog, Server

        partnership = self._ready()
        if partnership is not None:
            self._server = self._server or Server()
            PublishDialog(self._context, partnership, self._server, self._page).open()

    def _ready(self) -> Partnership | None:
        flush_forms(self._page)
        return self._shown()
