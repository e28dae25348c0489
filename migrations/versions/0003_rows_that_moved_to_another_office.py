"""Rows that moved to another office."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = {"moved_row": """pk kind! part! uid! site_code! change_no#!"""}

INDEXES = [("moved_row_site", "moved_row", ["site_code"])]


def upgrade() -> None:
    op.make_tables(TABLES)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
