"""The named errors of the application. Each message is one a coordinator understands.

A message says what is wrong, what was kept, and what to do. No personal data goes into `code` or `field`.
"""

from __future__ import annotations


class CoCivicError(Exception):
    """Base of every expected error."""


class InvalidField(CoCivicError):
    """A field's value cannot be stored.

    `field` is the attribute's name, `code` the reason, `parameters` what it is about.
    """

    def __init__(self, field: str, code: str, **parameters: object) -> None:
        self.field = field
        self.code = code
        self.parameters = parameters
        details = ", ".join(f"{name} {value}" for name, value in parameters.items())
        super().__init__(f"{field}: {code.replace('_', ' ')}" + (f" ({details})" if details else ""))


class NotFound(CoCivicError):
    """A thing that is asked for is not in the workspace."""


class Ambiguous(CoCivicError):
    """A word fits several things; `candidates` lists them."""

    def __init__(self, message: str, candidates: list[str]) -> None:
        super().__init__(message)
        self.candidates = candidates


class BadInput(CoCivicError):
    """A file or an argument cannot be used; nothing was changed."""


class WorkspaceError(CoCivicError):
    """The workspace file cannot be opened or written."""


class NotAWorkspace(WorkspaceError):
    """Another program's file, or a damaged one."""


class NewerWorkspace(WorkspaceError):
    """The file was written by a newer version of the program; it is not touched."""


class WorkspaceLocked(WorkspaceError):
    """Another window or program has the workspace open."""


class StaleVersion(CoCivicError):
    """Somebody else changed the same thing in the meantime."""
