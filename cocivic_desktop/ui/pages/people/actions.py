"""What can be done with people from the list: menus for those who are chosen and for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from cocivic_desktop.domain.organisations import ErasureKind, Person
from cocivic_desktop.services import people, people_consents, people_copy
from cocivic_desktop.ui.pages.people.class_dialog import ClassDialog
from cocivic_desktop.ui.pages.people.consent_dialog import ConsentDialog, Mode
from cocivic_desktop.ui.pages.people.erase_dialog import EraseDialog
from cocivic_desktop.ui.pages.people.many_dialog import Many, ManyDialog
from cocivic_desktop.ui.pages.people.merge_dialog import MergeDialog
from cocivic_desktop.ui.texts.counts import people_count

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class PeopleActions(QObject):
    """Opens the dialogs; `chosen` gives the selected people."""

    def __init__(self, context: Context, page: QWidget, chosen: Callable[[], list[Person]]) -> None:
        super().__init__(page)
        self._context, self._page, self._chosen = context, page, chosen

    def chosen_menu(self) -> QMenu:
        """A menu for the people who are selected, filled anew whenever it opens."""
        menu = QMenu(self._page)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        return menu

    def more_menu(self) -> QMenu:
        """A menu for what concerns everybody."""
        menu = QMenu(self._page)
        menu.addAction(self.tr("Find people who stand twice…")).triggered.connect(lambda: self._open(MergeDialog, None))
        menu.addAction(self.tr("Archive all who have left")).triggered.connect(lambda: self.archive_left())
        return menu

    def import_people(self) -> None:
        """From a table or an address book."""
        from cocivic_desktop.ui.dialogs.people_import import PeopleImportDialog

        PeopleImportDialog(self._context, self._page.window()).open()

    def add_class(self) -> None:
        """A whole class at once."""
        ClassDialog(self._context, self._page.window()).open()

    def archive_left(self) -> None:
        """Put away everybody whose last day is over."""
        count = self._context.attempt(people.archive_left, self._context.workspace, self._context.today())
        if count is not None:
            done = self.tr("Archived because their last day is over: {people}. Ctrl+Z takes it back.")
            nobody = self.tr("Nobody's last day is over: there is nobody to archive.")
            self._context.notify(done.format(people=people_count(count)) if count else nobody)

    def erase(self, kind: ErasureKind) -> None:
        """Anonymise or erase those who are chosen, after a look at what that means."""
        ids = [one.id for one in self._chosen()]
        if ids:
            EraseDialog(self._context, ids, kind, self._page.window()).open()

    def copy(self, suffix: str) -> None:
        """Write everything that is held about the chosen person to a file."""
        for person in self._chosen()[:1]:
            folder = Path(self._context.setting("document_folder", str(Path.home())))
            kinds = self.tr("Word documents (*.docx)") if suffix == ".docx" else self.tr("Data (*.json)")
            start = str(folder / f"{people_copy.file_stem(person)}{suffix}")
            name, _ = QFileDialog.getSaveFileName(self._page, self.tr("Write the copy"), start, kinds)
            if name:
                self.write_copy(person, Path(name))

    def write_copy(self, person: Person, path: Path) -> None:
        """Write the copy to a file; its ending says how."""
        written = self._context.attempt(
            people_copy.write, self._context.workspace, person.id, path, self._context.language, self._context.today(),
            force=True,
        )  # fmt: skip
        if written is not None:
            self._context.settings.setValue("document_folder", str(written.parent))
            self._context.notify(self.tr("The copy is in {path}").format(path=written))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        chosen = self._chosen()
        ids = [one.id for one in chosen]
        entries: list[tuple[str, Callable[[], Any], bool]] = [
            (self.tr("Set class or group…"), lambda: self._many(Many.CLASS), bool(ids)),
            (self.tr("Give a role in a partnership…"), lambda: self._many(Many.ROLE), bool(ids)),
            (self.tr("They have left…"), lambda: self._many(Many.LEFT), bool(ids)),
            (
                self.tr("Archive"),
                lambda: self._context.attempt(people.archive, self._context.workspace, ids),
                bool(ids),
            ),
            ("", lambda: None, True),
            (self.tr("Make two people one…"), lambda: self._open(MergeDialog, (ids[0], ids[1])), len(ids) == 2),
            ("", lambda: None, True),
            (self.tr("Note consents…"), lambda: self._consents(Mode.NOTE), bool(ids)),
            (self.tr("Print consent forms…"), lambda: self._consents(Mode.PRINT), bool(ids)),
            ("", lambda: None, True),
            (self.tr("Anonymise…"), lambda: self.erase(ErasureKind.ANONYMISED), bool(ids)),
            (self.tr("Erase…"), lambda: self.erase(ErasureKind.ERASED), bool(ids)),
        ]
        for text, action, possible in entries:
            if not text:
                menu.addSeparator()
                continue
            entry = menu.addAction(text)
            entry.setEnabled(possible)
            entry.triggered.connect(action)

    def _many(self, what: Many) -> None:
        ManyDialog(self._context, [one.id for one in self._chosen()], what, self._page.window()).open()

    def _consents(self, mode: Mode) -> None:
        rows = people_consents.rows(self._context.workspace, self._chosen(), self._context.today())
        ConsentDialog(self._context, rows, mode, self._page.window()).open()

    def _open(self, dialog: type[MergeDialog], pair: Any) -> None:
        dialog(self._context, self._page.window(), pair).open()
