"""Proposals."""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = {
    "proposal": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        returned# entry_by entry_at updated_by updated_at remove_reason record_kind record_uid field_name seen_text
        proposed_text reason decision notes import_batch_id source_row# review_state review_field review_reason
        review_by review_at accepted_warnings"""
}

INDEXES = [("proposal_change", "proposal", ["change_no"])]


def upgrade() -> None:
    op.make_tables(TABLES)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
