"""Settings: our organisation, the screen, the workspace file and its backups."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from cocivic_desktop._generated.forms.settings_page import Ui_SettingsPage
from cocivic_desktop.domain.organisations import FilePurpose, Organisation, OrganisationKind
from cocivic_desktop.services import backups, partnerships, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.record_form import RecordForm, flush_forms
from cocivic_desktop.ui.texts.formats import number_text
from cocivic_desktop.ui.texts.words import capital
from cocivic_desktop.ui.theme import apply_theme
from cocivic_desktop.ui.widgets.tables import dress_records

THEMES = ("system", "light", "dark")


class SettingsPage(Page):
    """What belongs to the workspace is kept in it; what belongs to this computer in its settings."""

    kinds: ClassVar[tuple[str, ...]] = ("organisation", "organisation_file")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SettingsPage()
        self.ui.setupUi(self)
        self.ui.contextLabel.setText(self.tr("Our organisation, the screen, the workspace and its backups"))
        self._first: QWidget = self.ui.name
        self.form = RecordForm(context, Organisation, self.ui.ours, save=self._save)
        self.files_form = RecordForm(context, Organisation, self.ui.filesCard, save=self._save)
        self.ui.filesCard.set_up(context)
        self._set_up_screen()
        self._set_up_backups()

    def reload(self) -> None:
        """Show our organisation (an empty one until it is described) and the backups."""
        found = records.find(self.context.workspace, Organisation, is_ours=True)
        ours = found[0] if found else self.form.record or Organisation(name="", kind=OrganisationKind.CSO)
        self.form.load(ours)
        self.files_form.load(ours)
        self.ui.filesCard.reload()
        path = self.context.workspace.path
        self.ui.pathLabel.setText(str(path))
        self.ui.guidanceCheck.setChecked(self.context.flag("guidance", True))
        self._fill_backups()

    def first_control(self) -> QWidget | None:
        """The first field of the card that was turned to; the name of our organisation where none was."""
        return self._first

    def open_target(self, target: Target) -> None:
        """Turn to "organisation", "files", "backups" or "screen"; without one of them to the top."""
        ui = self.ui
        cards: dict[str, tuple[QWidget, QWidget]] = {
            "files": (ui.filesCard, ui.filesCard.choose_buttons[FilePurpose.LETTERHEAD]),
            "backups": (ui.dataCard, ui.backupsTable if self._backups.rows else ui.backUpButton),
            "screen": (ui.lookCard, ui.themeBox),
        }
        card, self._first = cards.get(target.section, (ui.ours, ui.name))
        ui.scroll.ensureWidgetVisible(card, 0, 400)
        if target.section == "organisation":
            self.form.focus("name")

    def _save(self, record: Organisation, values: dict[str, Any]) -> None:
        """Our organisation comes into being with its first field."""
        stored = records.find(self.context.workspace, Organisation, is_ours=True)
        name = values.get("name", stored[0].name if stored else "")
        partnerships.set_up_organisation(
            self.context.workspace, **{**values, "name": name or self.tr("Our organisation")}
        )

    def _set_up_screen(self) -> None:
        self.ui.themeBox.addItems([self.tr("As the system"), self.tr("Light"), self.tr("Dark")])
        chosen = self.context.setting("theme", "system")
        self.ui.themeBox.setCurrentIndex(THEMES.index(chosen) if chosen in THEMES else 0)
        self.ui.themeBox.activated.connect(self._choose_theme)
        self._languages = ["en", *sorted(_translations())]
        self.ui.languageBox.addItems([language_name(code) for code in self._languages])
        language = self.context.language
        self.ui.languageBox.setCurrentIndex(self._languages.index(language) if language in self._languages else 0)
        self.ui.languageBox.setEnabled(len(self._languages) > 1)
        self.ui.languageBox.activated.connect(self._choose_language)
        self.ui.guidanceCheck.clicked.connect(lambda on: self.context.set_flag("guidance", on))

    def _choose_theme(self, number: int) -> None:
        self.context.settings.setValue("theme", THEMES[number])
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, THEMES[number])

    def _choose_language(self, number: int) -> None:
        self.context.settings.setValue("language", self._languages[number])
        self.context.notify(self.tr("The language changes when the program starts again."))

    def _set_up_backups(self) -> None:
        self._backups: RecordTableModel[Any] = RecordTableModel(
            [
                Column("made", self.tr("Made"), lambda one: one.made_at, width=200),
                Column("reason", self.tr("Why"), lambda one: self._reason(one.reason), width=220),
                Column("size", self.tr("Size"), lambda one: _size(one.size), width=90, right=True),
                Column("name", self.tr("File"), lambda one: one.path.name),
            ],
            self,
        )
        table = self.ui.backupsTable
        dress_records(table, self._backups, self._backups.columns)
        table.setAccessibleName(self.tr("Backups"))
        table.selectionModel().currentRowChanged.connect(self._backup_chosen)
        self.ui.restoreButton.setEnabled(False)
        self.ui.restoreButton.clicked.connect(self.restore)
        self.ui.backUpButton.clicked.connect(self.back_up)
        self.ui.folderButton.clicked.connect(self._open_folder)

    def back_up(self) -> None:
        """Write a verified copy now."""
        flush_forms(self.window())
        if self.context.attempt(backups.backup_now, self.context.workspace) is not None:
            self.context.notify(self.tr("Backed up and checked."))
            self._fill_backups()

    def restore(self) -> None:
        """Go back to the chosen backup; the present state is backed up first, so it can be gone back to as well."""
        chosen = self._backups.record(self.ui.backupsTable.currentIndex())
        if chosen is None:
            return
        flush_forms(self.window())
        if self.context.attempt(backups.restore, self.context.workspace, chosen.path) is not None:
            self.context.events.workspace_opened.emit()
            self.context.navigate(Target("settings", section="backups"))
            self.context.notify(self.tr("Restored. The state before is the newest backup of the list."))
            self._fill_backups()

    def _fill_backups(self) -> None:
        found = self.context.attempt(backups.list_backups, self.context.workspace) or []
        self._backups.set_rows(found)
        self._backup_chosen()

    def _backup_chosen(self) -> None:
        self.ui.restoreButton.setEnabled(self.ui.backupsTable.currentIndex().isValid())

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.workspace.path.parent)))

    def _reason(self, code: str) -> str:
        words = {
            "manual": self.tr("by hand"),
            "daily": self.tr("start of the day"),
            "restore": self.tr("before a restore"),
            "import": self.tr("before an import"),
            "erasure": self.tr("before an erasure"),
        }
        return words.get(code, self.tr("before a change of the file's format") if "format" in code else code)


def _size(count: int) -> str:
    return f"{number_text(count / 1_000_000, 1)} MB" if count >= 100_000 else f"{number_text(count / 1_000, 0)} kB"


def _translations() -> list[str]:
    """Codes of the languages that this installation brings translations for."""
    folder = Path(__file__).parents[2] / "_generated" / "i18n"
    return [path.stem.removeprefix("cocivic_") for path in folder.glob("cocivic_*.qm")]


def language_name(code: str) -> str:
    """The language's own name for itself."""
    from PySide6.QtCore import QLocale

    return capital(QLocale(code).nativeLanguageName()) if code != "en" else "English"
