"""Bring an older workspace to the present format: backup, one transaction, integrity check."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations

from cocivic_desktop.domain.errors import CoCivicError, WorkspaceError
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store.backup import backup_name
from cocivic_desktop.store.copies import verified_copy
from cocivic_desktop.store.faults import reason
from cocivic_desktop.store.schema import SCHEMA_VERSION


def migrate(connection: Any, path: Path, version: int, *, keep_copy: bool = True) -> None:
    """Migrate an open file from `version` to the present format, with a verified backup beside it first.

    Each step is a module `migrations/v<number>.py` with `upgrade(operations)`. All or nothing: any fault leaves the
    file as it was. Raises `WorkspaceError`.
    """
    if keep_copy:
        verified_copy(connection, backup_name(path.parent, path.stem, f"format-{version}"))
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with opening.engine_for(connection).connect() as bound:
            bound.exec_driver_sql("BEGIN IMMEDIATE")
            operations = Operations(MigrationContext.configure(bound))
            for number in range(version + 1, SCHEMA_VERSION + 1):
                importlib.import_module(f"cocivic_desktop.store.migrations.v{number}").upgrade(operations)
            bound.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            problems = opening.integrity_problems(connection)
            if problems:
                raise WorkspaceError(problems[0])
            bound.exec_driver_sql("COMMIT")
    except Exception as error:
        text = str(error) if isinstance(error, CoCivicError) else reason(error)
        raise WorkspaceError(
            f"{path} could not be brought to the present format ({text}). It was left as it was; a copy lies beside it."
        ) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")
