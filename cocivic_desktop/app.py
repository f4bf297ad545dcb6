"""Puts the window together: settings, theme, workspace. Nothing is global; the window is painted first."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from cocivic_desktop import __version__, paths
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.files import present
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.errors import install_hook
from cocivic_desktop.ui.main_window import MainWindow
from cocivic_desktop.ui.theme import STYLED, apply_theme

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

SMOKE_MS = 30_000
"""Longest time until the workspace is shown under `--smoke`, in milliseconds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; an argument names the workspace file. Returns the exit code.

    `--version` says the version and ends. `--smoke` ends as soon as the workspace is shown: 0 when it is, 1 when not.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = {word for word in given if word.startswith("--")}
    names = [word for word in given if not word.startswith("--")]
    if unknown := options - {"--version", "--smoke"} or set(names[1:]):
        words = " ".join(sorted(unknown))
        sys.stderr.write(f"cocivic-desktop: {words} is not understood. Usage: cocivic-desktop [FILE]\n")
        return 2
    if "--version" in options:
        sys.stdout.write(f"Co-Civic Desktop {__version__}\n")
        return 0
    if not has_display():
        sys.stderr.write(
            "cocivic-desktop: there is no display to open the window on. Start it in a desktop session, "
            "or use the command “cocivic”, which needs none.\n"
        )
        return 2
    app = make_application()
    install_hook()
    context = make_context()
    context.language = translate(app, context.setting("language", ""))
    dress(app, context)
    window = MainWindow(context)
    chosen = Path(names[0]) if names else stored_workspace(context)
    finish = None
    if "--smoke" in options:
        finish = partial(_end_smoke, app, context)
        QTimer.singleShot(SMOKE_MS, lambda: app.exit(1))
    window.painted.connect(lambda: open_workspace(window, chosen, finish))
    window.show()
    return app.exec()


def _end_smoke(app: QApplication, context: Context) -> None:
    app.exit(0 if context.is_open else 1)


def has_display() -> bool:
    """Whether Qt can open a window: else it would abort the whole program with a message for developers."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    return bool(platform) and not platform.startswith(("xcb", "wayland"))


def make_application() -> QApplication:
    """The Qt application with its names."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
        app.setProperty(STYLED, True)
    app.setApplicationName("Co-Civic Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("org.cocivic.Desktop")
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "app.svg")))
    return app


def make_context() -> Context:
    """The context with this computer's settings."""
    return Context(QSettings(str(paths.settings_file()), QSettings.Format.IniFormat))


def dress(app: QApplication, context: Context) -> None:
    """Apply the chosen theme, and follow the system where it was not chosen."""
    apply_theme(app, context.setting("theme", "system"))
    app.styleHints().colorSchemeChanged.connect(lambda: apply_theme(app, context.setting("theme", "system")))


def translate(app: QApplication, chosen: str) -> str:
    """Load the texts of a language; "" is the system's where there are texts in it, else English.

    Returns the language. Days and numbers follow the system's locale where it has the same language.
    """
    folder = Path(__file__).parent / "_generated" / "i18n"
    system = QLocale.system()
    own = system.name()[:2]
    language = chosen or (own if (folder / f"cocivic_{own}.qm").exists() else "en")
    locale = system if language == own else QLocale("en_GB" if language == "en" else language)
    QLocale.setDefault(locale)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for place, name in ((str(folder), "cocivic"), (qt_folder, "qtbase")):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", place):
            app.installTranslator(translator)
    return language


def stored_workspace(context: Context) -> Path:
    """The workspace shown last on this computer while it is still there, else the usual one."""
    stored = context.setting("workspace")
    try:
        there = bool(stored) and present(Path(stored))
    except BadInput:
        there = True  # opening it says what is wrong; the usual one would look as if everything were lost
    return Path(stored) if there else paths.default_workspace()


def open_workspace(window: MainWindow, path: Path, on_open: Callable[[], None] | None = None) -> None:
    """Open the file, made when it is not there. What is slow is imported, and the file opened, off the GUI thread.

    Meanwhile nothing is collected as garbage: thousands of classes come into being, none goes, and looking for some
    costs a tenth of the time.
    """
    gc.disable()

    def load() -> Workspace:
        import cocivic_desktop.ui.pages.home_page  # noqa: F401 - the first page, imported here rather than when shown
        from cocivic_desktop.store.workspace import Workspace
        from cocivic_desktop.ui.overview import partnership_names

        workspace = Workspace.open(path) if present(path) else Workspace.create(path)
        partnership_names(workspace)  # the first question to a workspace takes longer than all others
        return workspace

    def show(workspace: Workspace) -> None:
        end()
        window.show_workspace(workspace)
        window.context.tasks.run(lambda: back_up_daily(workspace, window.context.today()))
        if on_open is not None:
            on_open()

    def fail(error: Exception) -> None:
        end()
        window.report(error)
        window.say_closed()
        if on_open is not None:
            on_open()

    def end() -> None:
        gc.freeze()
        gc.enable()

    window.context.tasks.run(load, show, fail)


def back_up_daily(workspace: Workspace, today: date) -> None:
    """The backup at the first start of a day; it runs beside the first look at the window."""
    from cocivic_desktop.services.backups import daily_backup

    daily_backup(workspace, today)
