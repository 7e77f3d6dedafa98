"""The store: units of work on SQLite and PostgreSQL, schema conventions, migrations."""

from microblog.db.database import Database, OnCommit, Seal, open_database
from microblog.db.hot import Hot, Row, at_most
from microblog.db.tx import Tx

__all__ = ["Database", "Hot", "OnCommit", "Row", "Seal", "Tx", "at_most", "open_database"]
