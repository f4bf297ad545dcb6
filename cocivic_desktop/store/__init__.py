"""The workspace file: schema, migrations, units of work, undo, backups. The only place that knows the database."""
