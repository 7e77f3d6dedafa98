"""Alembic's entry: runs on the connection that `microblog.db.migrate` hands in, inside its transaction."""

from __future__ import annotations

from alembic import context

from microblog.db.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite alters a table by copying it.
    render_as_batch=True,
)
context.run_migrations()
