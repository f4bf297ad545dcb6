"""The File menu: workspaces, portable files, backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from cocivic_desktop import paths
from cocivic_desktop.files import present
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.texts.counts import people_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.main_window import MainWindow

SUFFIX = ".cocivic"


class FileActions(QObject):
    """Asks for files and calls services; the window shows the result."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context

    def fill(self, menu: QMenu) -> None:
        """Put the actions into the menu."""
        self._add(menu, self.tr("New workspace…"), "", self.new)
        self._add(menu, self.tr("Open workspace…"), "Ctrl+O", self.open)
        self._add(menu, self.tr("Try the sample workspace"), "", self.open_sample)
        menu.addSeparator()
        self._add(menu, self.tr("Export everything as JSON…"), "", self.export_json)
        self._add(menu, self.tr("Import a JSON file…"), "", self.import_json)
        menu.addSeparator()
        self._add(menu, self.tr("Back up now"), "Ctrl+B", self.back_up)
        self._add(menu, self.tr("Restore a backup…"), "", self.show_backups)

    def new(self) -> None:
        """Make an empty workspace and show it."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("New workspace"), str(paths.data_folder() / f"workspace{SUFFIX}"), self._filter()
        )
        if name:
            path = Path(name if name.endswith(SUFFIX) else name + SUFFIX)
            self._show(lambda: _create(path))

    def open(self) -> None:
        """Open another workspace."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open workspace"), str(paths.data_folder()), self._filter()
        )
        if name:
            self._show(lambda: _open(Path(name)))

    def open_sample(self) -> None:
        """Open the sample workspace, made anew when it is not there yet; the own workspace is not touched."""
        path = paths.data_folder() / f"sample{SUFFIX}"
        today = self._context.today()

        def sample() -> Workspace:
            if present(path):
                return _open(path)
            from cocivic_desktop.services.sample import create_sample

            workspace = _create(path)
            create_sample(workspace, today)
            return workspace

        self._show(sample)

    def export_json(self) -> None:
        """Write everything into a portable file."""
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export everything"),
            str(Path.home() / "co-civic.json"),
            self.tr("JSON files (*.json)"),
        )
        if not name or not self._context.is_open:
            return
        self._window.flush()
        from cocivic_desktop.services.portable import export_json

        self._context.attempt(export_json, self._context.workspace, Path(name))
        self._context.notify(self.tr("Exported to {path}").format(path=name))

    def import_json(self) -> None:
        """Read a portable file into this workspace, as one step of undo."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Import a JSON file"), str(Path.home()), self.tr("JSON files (*.json)")
        )
        if not name or not self._context.is_open:
            return
        self._import(Path(name))

    def _import(self, path: Path) -> None:
        """Merge a file; what was changed here and there is asked about once, for all of it."""
        from cocivic_desktop.services.portable import OnConflict, import_json

        report = self._context.attempt(import_json, self._context.workspace, path)
        if report is not None and report.conflicts and not report.applied:
            keep = self._ask_about_conflicts(path.name, len(report.conflicts))
            if keep is None:
                self._context.notify(self.tr("Nothing was imported."))
                return
            choice = OnConflict.KEEP if keep else OnConflict.TAKE
            report = self._context.attempt(import_json, self._context.workspace, path, on_conflict=choice)
        if report is None:
            return
        said = [
            self.tr("Imported {name}.").format(name=path.name)
            if report.applied
            else self.tr("{name} holds nothing new.").format(name=path.name)
        ]
        if report.erased:
            text = self.tr("Anonymised or erased, and not brought back: {people}.")
            said.append(text.format(people=people_count(report.erased)))
        if report.applied and self._context.workspace.undo_step() is not None:
            said.append(self.tr("Ctrl+Z takes it back."))
        self._context.notify(" ".join(said))

    def _ask_about_conflicts(self, name: str, count: int) -> bool | None:
        """Whether the workspace's own records are kept; None to import nothing."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Import a JSON file"))
        box.setText(
            self.tr("Changed both here and in {name}: {count}. Which ones count?").format(name=name, count=count)
        )
        box.setInformativeText(self.tr("Everything else in the file is taken either way."))
        here = box.addButton(self.tr("Those &here"), QMessageBox.ButtonRole.AcceptRole)
        there = box.addButton(self.tr("Those in the &file"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        clicked = box.clickedButton()
        return None if clicked not in (here, there) else clicked is here

    def back_up(self) -> None:
        """Write a verified copy beside the data."""
        if not self._context.is_open:
            return
        self._window.flush()
        from cocivic_desktop.services.backups import backup_now

        if self._context.attempt(backup_now, self._context.workspace) is not None:
            self._context.notify(self.tr("Backed up and checked."))

    def show_backups(self) -> None:
        """Go to the list of backups."""
        self._window.navigate(Target("settings", section="backups"))

    def _show(self, opened: Callable[[], Workspace]) -> None:
        """Show a workspace; when it cannot be opened, the present one stays."""
        self._window.flush()
        workspace = self._context.attempt(opened)
        if workspace is not None:
            self._window.show_workspace(workspace)

    def _filter(self) -> str:
        return self.tr("Workspaces ({pattern})").format(pattern=f"*{SUFFIX}")

    def _add(self, menu: QMenu, text: str, keys: str, work: Callable[[], None]) -> None:
        action = QAction(text, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: work())
        menu.addAction(action)


def _open(path: Path) -> Workspace:
    from cocivic_desktop.store.workspace import Workspace

    return Workspace.open(path)


def _create(path: Path) -> Workspace:
    from cocivic_desktop.store.workspace import Workspace

    return Workspace.create(path)
