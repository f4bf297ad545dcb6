"""The one place where errors are shown, and where unexpected ones are written to a log the person can find.

The log holds where it happened, never what the workspace contains: neither messages nor values are written.
"""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from cocivic_desktop import __version__, paths
from cocivic_desktop.domain.errors import CoCivicError, InvalidField
from cocivic_desktop.ui.texts.fields import field_problem, field_word

LOG_LIMIT = 1_000_000
"""Bytes of log kept; then it starts anew."""


def sentence(error: BaseException) -> str:
    """What an error says to a coordinator: what is wrong, what was kept, what to do."""
    if isinstance(error, InvalidField):
        return f"{field_word(error.field)}: {field_problem(error)}"
    if isinstance(error, CoCivicError):
        return str(error)
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        text = QCoreApplication.translate(
            "Errors", "The file could not be read or written ({reason}). Nothing else was changed."
        )
        return text.format(reason=reason)
    text = QCoreApplication.translate(
        "Errors",
        "Something went wrong that should not have. What you saved before is kept. "
        "A note for the developers is in {path}.",
    )
    return text.format(path=paths.log_file())


def show_error(parent: QWidget | None, error: BaseException) -> None:
    """Show an error in plain words. An unexpected one goes to the log as well."""
    if not isinstance(error, CoCivicError | OSError):
        write_log(error)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(QCoreApplication.translate("Errors", "Co-Civic Desktop"))
    box.setText(sentence(error))
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
    box.finished.connect(box.deleteLater)


def write_log(error: BaseException) -> Path:
    """Append type and place of an error to the log, without its message or any value; returns the log's path."""
    path = paths.log_file()
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {__version__} Python {sys.version.split()[0]}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    try:
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.unlink()
        with path.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        sys.stderr.write("\n".join(lines) + "\n")
    return path


def install_hook() -> None:
    """Send unexpected exceptions of slots and of the event loop to the log and to the person."""
    sys.excepthook = _unexpected


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    error.__traceback__ = trace
    if QApplication.instance() is None:
        write_log(error)
        sys.__excepthook__(kind, error, trace)
        return
    show_error(QApplication.activeWindow(), error)


def _short(path: str) -> str:
    """A file's path from the package on, so that no person's folder name gets into the log."""
    parts = Path(path).parts
    for root in ("cocivic_desktop", "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return Path(path).name
