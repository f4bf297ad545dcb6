"""Models of cooperation: data files from which a partnership starts (`resources/models/<code>.toml`).

Adding a model is adding a file. Each file is checked on its own when it is read; a broken one is reported with
its name, line and field, and leaves the others loading.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cocivic_desktop import paths
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.library.cooperation.reading import model_from
from cocivic_desktop.library.tables import Table
from cocivic_desktop.library.toml_lines import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cocivic_desktop.library.cooperation.drafts import Model, Text


@dataclass(frozen=True)
class ModelProblem:
    """What is wrong in a model's file. `field` is such as "goals[2].statement.en", or "" for the file as a whole.

    `line` counts from 1; 0 where no line can be named.
    """

    file: str
    field: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


@dataclass(frozen=True)
class Models:
    """The models that could be read, by title, and what was wrong in the others."""

    models: tuple[Model, ...]
    problems: tuple[ModelProblem, ...]


@cache
def models() -> Models:
    """All models that came with the program."""
    return read_models(paths.resources() / "models")


def model(code: str) -> Model:
    """One model. Raises NotFound."""
    for candidate in models().models:
        if candidate.code == code:
            return candidate
    known = ", ".join(candidate.code for candidate in models().models)
    raise NotFound(f"There is no model of cooperation “{code}”. There are: {known}.")


def text_in(text: Text, language: str) -> str:
    """A text in `language`, else in English, else in the language it has; empty when it has none."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def texts_in(texts: Mapping[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    """A list of texts in `language`, else in English, else in the language it has; empty when it has none."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), ())


def read_models(folder: Path) -> Models:
    """The models in a folder. A file that cannot be used is reported and left out."""
    found: list[Model] = []
    problems: list[ModelProblem] = []
    for path in sorted(folder.glob("*.toml")):
        read, wrong = read_model(path)
        problems += wrong
        if read is not None:
            found.append(read)
    found.sort(key=lambda one: text_in(one.title, "en").casefold())
    return Models(tuple(found), tuple(problems))


def read_model(path: Path) -> tuple[Model | None, list[ModelProblem]]:
    """One model's file, with everything that is wrong in it; the model is None when anything is."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        return None, [ModelProblem(path.name, "", f"cannot be read ({error.strerror})")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [ModelProblem(path.name, "", "is not written in UTF-8", line)]
    read, problems = parse_model(text, path.name)
    if read is not None and read.code != path.stem:
        return None, [ModelProblem(path.name, "code", f"must be the file's name, “{path.stem}”", line_of(text, "code"))]
    return read, problems


def parse_model(text: str, file: str, *, own: bool = False) -> tuple[Model | None, list[ModelProblem]]:
    """The model in a TOML text, with everything that is wrong in it; `file` is the name to say.

    A model of our own (`own`) may leave out what a partnership did not have.
    """
    try:
        table = Table(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"at line (\d+)", str(error))) else len(text.splitlines())
        return None, [ModelProblem(file, "", f"is not valid TOML: {error}", line)]
    read = model_from(table, own=own)
    problems = [ModelProblem(file, where, message, line_of(text, where)) for where, message in table.problems]
    return (None if problems else read), problems
