"""What a page is handed: the open workspace, the events, the settings, and ways to ask the window for something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from cocivic_desktop.domain.errors import CoCivicError, WorkspaceError
from cocivic_desktop.ui.events import Events
from cocivic_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtCore import QSettings

    from cocivic_desktop.domain.partnerships import Stage
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.advice import Advisor

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Target:
    """A place in the window: a page of the navigation, or a stage of a partnership, and what to point at there.

    `page` is "home", "partnerships", "schools", "people", "library", "settings" or "partnership"; "sample"
    opens the sample workspace.
    `section` names a part of the page in the page's own words (a tab, a field), `item` a record to select.
    """

    page: str
    partnership_id: UUID | None = None
    stage: Stage | None = None
    section: str = ""
    item: UUID | None = None

    @staticmethod
    def partnership(
        partnership_id: UUID, stage: Stage | None = None, section: str = "", item: UUID | None = None
    ) -> Target:
        """A stage of a partnership; without `stage`, the one last looked at."""
        return Target("partnership", partnership_id, stage, section, item)


@dataclass
class Context:
    """Handed to every page and dialog; there is one per window, and nothing global."""

    settings: QSettings
    events: Events = field(default_factory=Events)
    tasks: Tasks = field(default_factory=Tasks)
    today: Callable[[], date] = date.today
    navigate: Callable[[Target], None] = lambda target: None
    """Go to a place in the window."""
    notify: Callable[[str], None] = lambda text: None
    """Say something in the status line."""
    report: Callable[[Exception], None] = lambda error: None
    """Show an error in plain words (`ui/errors.py`)."""
    opened: Workspace | None = None
    language: str = "en"
    """Language of the screen and of guidance: ISO 639-1."""

    @cached_property
    def advisor(self) -> Advisor:
        """Next steps and progress of the open workspace."""
        from cocivic_desktop.ui.advice import Advisor

        return Advisor(self)

    @property
    def is_open(self) -> bool:
        """Whether a workspace is open. Before that, pages show nothing."""
        return self.opened is not None

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises `WorkspaceError` while none is open."""
        if self.opened is None:
            raise WorkspaceError("No workspace is open. Open one from the File menu.")
        return self.opened

    def attempt(
        self, action: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Result | None:
        """Do something that may fail as expected; then show why and return None.

        `InvalidField` is shown as well: a form that can show it beside the field catches it itself.
        """
        try:
            return action(*arguments, **named)
        except CoCivicError as error:
            self.report(error)
            return None

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this computer as text."""
        value = self.settings.value(key, default)
        return default if value is None else str(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """A setting that is on or off."""
        return self.setting(key, "true" if default else "false") == "true"

    def set_flag(self, key: str, on: bool) -> None:
        """Remember a setting that is on or off."""
        self.settings.setValue(key, "true" if on else "false")
