"""Where the packaged resources, the data of a person and the log live.

Resources are package data, read the same way in a checkout, a wheel and a bundle. Data lies in the platform's
folder for user data; the environment variable COCIVIC_DATA names another one (a stick, a test's folder).
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import platformdirs

APPLICATION = "co-civic"
"""Name of the data folder below the platform's folder for user data."""


def resources() -> Path:
    """Folder of the packaged resources: documents, guidance, models, icons, templates."""
    return Path(str(files("cocivic_desktop"))) / "_generated" / "resources"


def data_folder() -> Path:
    """Folder of the person's data, made when missing and readable by its owner only (mode 0700).

    Raises OSError when it cannot be made.
    """
    chosen = os.environ.get("COCIVIC_DATA", "").strip()
    folder = Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))
    return _private_folder(folder)


def default_workspace() -> Path:
    """The workspace file opened when none is named. It may not exist yet."""
    return data_folder() / "workspace.cocivic"


def backup_folder() -> Path:
    """Folder of the automatic backups, made when missing (mode 0700)."""
    return _private_folder(data_folder() / "backups")


def log_file() -> Path:
    """The log for unexpected errors; it holds no content of the workspace."""
    return data_folder() / "cocivic.log"


def settings_file() -> Path:
    """Settings of the window on this computer: language, theme, last workspace."""
    return data_folder() / "settings.ini"


def _private_folder(folder: Path) -> Path:
    """Make the folder with mode 0700. One that is there already keeps its mode: it may be shared on purpose."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
