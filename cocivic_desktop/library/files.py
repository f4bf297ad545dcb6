"""Reading resource files. A fault in one is a fault of the program, so it is raised with the file's name."""

from __future__ import annotations

import tomllib
from typing import Any

from cocivic_desktop import paths

FALLBACK = "en"
"""Language of every text that another language does not have."""


def read_toml(*parts: str) -> dict[str, Any]:
    """The content of a TOML file below the resources; empty when there is none. Raises ValueError when it is broken."""
    path = paths.resources().joinpath(*parts)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{'/'.join(parts)}: {error}") from error


def languages(folder: str) -> list[str]:
    """Codes of the languages that a folder of resources has, sorted."""
    root = paths.resources() / folder
    return sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
