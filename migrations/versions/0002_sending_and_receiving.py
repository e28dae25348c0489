"""Sending and receiving."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = {
    "attachment": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        returned# entry_by entry_at updated_by updated_at remove_reason record_kind record_uid stage file_name caption
        sha256 size_bytes# width# height# taken_at latitude# longitude# notes import_batch_id source_row# review_state
        review_field review_reason review_by review_at accepted_warnings""",
    "conflict": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        returned# entry_by entry_at updated_by updated_at remove_reason record_kind part record_uid group_name
        removal# lower_stamp lower_texts higher_stamp higher_texts notes import_batch_id source_row# review_state
        review_field review_reason review_by review_at accepted_warnings""",
    "package_in": """pk pid!= set_pid from_site_id! from_site_code! to_site_id! number#! prev base set_id part#! parts#! since#!
        upto#! clock! made_at! version schema received_at! received_by state! acknowledged#! outcome! file""",
    "package_out": """pk pid!= to_site_id! to_site_code! number#! prev base since#! upto#! clock! made_at! made_by code file bytes#
        parts! counts! personal#! acknowledged_at acknowledged_by""",
    "peer": """pk site_id!= site_code! role! name sign_key age_key trusted_at trusted_by state mark#! mark_pid seen_no#!
        last_no#! last_out last_in_at last_made_at clock_error_s# version schema key_card""",
    "photo": """pk sha256!= added_at! data~!""",
    "refused_row": """pk site_id! way! kind! part! uid! fingerprint! reason! at!""",
    "secret": """pk name!= value!""",
}

FIELDS = {
    "burial": """returned# review_state review_field review_reason review_by review_at""",
    "cemetery": """returned# review_state review_field review_reason review_by review_at""",
    "crew": """returned# review_state review_field review_reason review_by review_at""",
    "grave_plot": """returned# review_state review_field review_reason review_by review_at""",
    "journal": """package""",
    "light_point": """returned# review_state review_field review_reason review_by review_at""",
    "material": """returned# review_state review_field review_reason review_by review_at""",
    "park": """returned# review_state review_field review_reason review_by review_at""",
    "park_work": """returned# review_state review_field review_reason review_by review_at""",
    "plot_permit": """returned# review_state review_field review_reason review_by review_at""",
    "power_panel": """returned# review_state review_field review_reason review_by review_at""",
    "region": """returned# review_state review_field review_reason review_by review_at""",
    "slum_assessment": """returned# review_state review_field review_reason review_by review_at""",
    "slum_decree": """returned# review_state review_field review_reason review_by review_at""",
    "slum_intervention": """returned# review_state review_field review_reason review_by review_at""",
    "slum_target": """returned# review_state review_field review_reason review_by review_at""",
    "slum_unit": """returned# review_state review_field review_reason review_by review_at""",
    "streetlight_repair": """returned# review_state review_field review_reason review_by review_at""",
    "tree_request": """returned# review_state review_field review_reason review_by review_at""",
}

INDEXES = [
    ("attachment_change", "attachment", ["change_no"]),
    ("burial_change", "burial", ["change_no"]),
    ("burial_move_change", "burial_move", ["change_no"]),
    ("cemetery_change", "cemetery", ["change_no"]),
    ("cemetery_facilities_change", "cemetery_facilities", ["change_no"]),
    ("cemetery_move_change", "cemetery_move", ["change_no"]),
    ("cemetery_tariffs_change", "cemetery_tariffs", ["change_no"]),
    ("conflict_change", "conflict", ["change_no"]),
    ("crew_change", "crew", ["change_no"]),
    ("grave_plot_change", "grave_plot", ["change_no"]),
    ("grave_plot_move_change", "grave_plot_move", ["change_no"]),
    ("journal_package", "journal", ["package"]),
    ("light_point_change", "light_point", ["change_no"]),
    ("material_change", "material", ["change_no"]),
    ("park_change", "park", ["change_no"]),
    ("park_move_change", "park_move", ["change_no"]),
    ("park_schedule_change", "park_schedule", ["change_no"]),
    ("park_work_change", "park_work", ["change_no"]),
    ("park_work_materials_change", "park_work_materials", ["change_no"]),
    ("park_work_move_change", "park_work_move", ["change_no"]),
    ("plot_permit_change", "plot_permit", ["change_no"]),
    ("plot_permit_levies_change", "plot_permit_levies", ["change_no"]),
    ("plot_permit_move_change", "plot_permit_move", ["change_no"]),
    ("power_panel_change", "power_panel", ["change_no"]),
    ("region_change", "region", ["change_no"]),
    ("slum_assessment_change", "slum_assessment", ["change_no"]),
    ("slum_assessment_criteria_change", "slum_assessment_criteria", ["change_no"]),
    ("slum_assessment_move_change", "slum_assessment_move", ["change_no"]),
    ("slum_decree_change", "slum_decree", ["change_no"]),
    ("slum_intervention_budgets_change", "slum_intervention_budgets", ["change_no"]),
    ("slum_intervention_change", "slum_intervention", ["change_no"]),
    ("slum_intervention_move_change", "slum_intervention_move", ["change_no"]),
    ("slum_target_change", "slum_target", ["change_no"]),
    ("slum_unit_change", "slum_unit", ["change_no"]),
    ("slum_unit_move_change", "slum_unit_move", ["change_no"]),
    ("streetlight_repair_change", "streetlight_repair", ["change_no"]),
    ("streetlight_repair_materials_change", "streetlight_repair_materials", ["change_no"]),
    ("streetlight_repair_move_change", "streetlight_repair_move", ["change_no"]),
    ("tree_request_change", "tree_request", ["change_no"]),
    ("tree_request_materials_change", "tree_request_materials", ["change_no"]),
    ("tree_request_move_change", "tree_request_move", ["change_no"]),
    ("tree_request_trees_change", "tree_request_trees", ["change_no"]),
]


def upgrade() -> None:
    op.make_tables(TABLES)
    op.add_fields(FIELDS)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
