"""First tables."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = {
    "burial": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason cemetery plot burial_kind stack_level# burial_date
        burial_time previous_plot consent_letter_no consent_date consent_heir same_family# override_by override_reason
        is_unidentified# deceased_name deceased_parentage deceased_titles deceased_nik deceased_nik_absent_reason
        deceased_sex deceased_birth_place deceased_birth_date deceased_birth_date_precision death_date death_time
        age_at_death# death_place deceased_religion citizenship deceased_address deceased_village_code residency
        found_place found_date police_letter_no village_letter_no village_letter_date hospital_letter_no
        death_certificate_no infectious_protocol# heir_name heir_nik heir_nik_absent_reason heir_relationship
        heir_phone heir_address heir_consent_contact# digger_team depth_m# officer services exhumation_date
        exhumation_destination exhumation_permit_no source_doc_no responsible_agency verified_by verified_at notes
        from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "burial_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "cemetery": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason cemetery_code name cemetery_kind religion_scope manager
        decree_no land_status area_m2# usable_area_m2# capacity_plots# caretaker_name caretaker_phone street_name
        address_detail village_code district_code rt rw latitude# longitude# coord_source permit_validity_months#
        stacking_min_years# stacking_max# plot_length_m# plot_width_m# source_doc_no responsible_agency verified_by
        verified_at notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "cemetery_facilities": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! facility
        condition remark""",
    "cemetery_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "cemetery_tariffs": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! service
        tariff_class residency renewal_seq# amount# valid_from valid_to legal_basis""",
    "crew": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason name leader members vehicle tasks notes import_batch_id
        source_row# accepted_warnings""",
    "derived": """pk name!= fingerprint!""",
    "grave_plot": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason cemetery plot_code block_code row_no plot_no
        block_religion tariff_class plot_type length_m# width_m# depth_m# max_stack# street_name address_detail
        village_code district_code rt rw latitude# longitude# coord_source source_doc_no responsible_agency
        verified_by verified_at notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "grave_plot_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "journal": """pk kind! uid! version#! at! person! action! field old new lines line_uid reason""",
    "light_point": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason lamp_code lamp_type power_w# lamp_kind panel
        last_checked_at checked_status street_name address_detail village_code district_code rt rw latitude#
        longitude# coord_source road_segment road_status road_function road_side pole_code pole_type height_m#
        arm_type arm_length_m# distance_to_prev_m# pole_condition brand serial_no install_date install_date_precision
        warranty_until funding_source contract_no asset_no owner source_doc_no responsible_agency verified_by
        verified_at notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "material": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason code name unit stock# notes import_batch_id source_row#
        accepted_warnings""",
    "number": """pk prefix!= last#!""",
    "park": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason park_name park_code rth_type active_passive area_m2#
        green_area_m2# condition maintenance_class street_name address_detail village_code district_code rt rw
        latitude# longitude# coord_source boundary_wkt manager land_status built_year# rehab_year# funding
        source_doc_no responsible_agency verified_by verified_at notes from_old_register# source_text import_batch_id
        source_row# accepted_warnings""",
    "park_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "park_schedule": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! activity
        frequency frequency_n# crew starts_on ends_on""",
    "park_work": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason park activity work_date start_time end_time crew
        workers_count# work_order_no volume# unit result skip_reason materials_total# source_doc_no responsible_agency
        verified_by verified_at notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "park_work_materials": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! material
        qty# unit unit_price# line_total# source old_part_returned#""",
    "park_work_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "person": """pk name!= added_at!""",
    "plot_permit": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason permit_type application_date previous_permit cemetery
        plot burial heir_name heir_nik heir_nik_absent_reason heir_relationship heir_phone heir_address requirements
        is_poor# sktm_no surveyed_by surveyed_on permit_no issued_date renewal_seq# validity_months# valid_from
        valid_until signed_by signer_nip warning_no# warning_date levy_total# source_doc_no responsible_agency
        verified_by verified_at notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "plot_permit_levies": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! service
        legal_basis amount# discount# penalty# payable# skrd_no due_date payment_status paid_at receipt_no
        payment_channel""",
    "plot_permit_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "power_panel": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason panel_code panel_name condition street_name
        address_detail village_code district_code rt rw latitude# longitude# coord_source supply_type idpel
        connected_power_va# tariff_class pln_unit transformer_code network_pole meter_no meter_brand meter_payment
        control_type mcb_rating_a# installed_year# owner source_doc_no responsible_agency verified_by verified_at
        notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "region": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason code level name parent_code village_type aliases decree
        valid_from valid_to notes import_batch_id source_row# accepted_warnings""",
    "reindex": """pk kind! field! uid! after_pk#!""",
    "setting": """pk name!= value!""",
    "site": """pk site_id!= clock! change_no#! former!""",
    "slum_assessment": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason unit village_code year# stage assessment_method
        assessed_on surveyor buildings# households# population# verified_area_ha# ideal_road_m# ideal_drain_m# total#
        level sector_mean_pct# reported_total# reported_level source_doc_no responsible_agency verified_by verified_at
        notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "slum_assessment_criteria": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! criterion
        volume# percent# score#""",
    "slum_assessment_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "slum_decree": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason decree_no decree_date title signed_by supersedes
        valid_from valid_to total_area_ha# rt_count# source_doc_no responsible_agency verified_by verified_at notes
        from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "slum_intervention": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason unit village_code year# criterion activity handling_type
        volume# volume_unit budget_total# contractor contract_no started_on finished_on progress_pct# bast_no
        bast_date source_doc_no responsible_agency verified_by verified_at notes from_old_register# source_text
        import_batch_id source_row# accepted_warnings""",
    "slum_intervention_budgets": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#!
        funding_source amount# realised#""",
    "slum_intervention_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "slum_target": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason decree year# target_level district_code target_ha#
        reported_handled_ha# reported_source source_doc_no responsible_agency verified_by verified_at notes
        from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "slum_unit": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason decree area_code area_name location_name typology
        strategic_value street_name address_detail village_code district_code rt rw latitude# longitude# coord_source
        decree_area_ha# verified_area_ha# buildings# households# population# ideal_road_m# ideal_drain_m# tenure
        spatial_fit phase planned_year# priority_rank# priority_date priority_by agencies community_group
        funding_sources source_doc_no responsible_agency verified_by verified_at notes from_old_register# source_text
        import_batch_id source_row# accepted_warnings""",
    "slum_unit_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "streetlight_repair": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason received_at channel category points_reported#
        reporter_name reporter_phone description priority lamp lamp_code panel street_name address_detail village_code
        district_code rt rw latitude# longitude# coord_source planned_date wo_no crew order_type started_at
        finished_at points_fixed# fault_component fault_cause action result labor_hours# report_doc_no
        materials_total# hold_reason referred_to duplicate_of source_doc_no responsible_agency verified_by verified_at
        notes from_old_register# source_text import_batch_id source_row# accepted_warnings""",
    "streetlight_repair_materials": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! material
        qty# unit unit_price# line_total# source old_part_returned#""",
    "streetlight_repair_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "tree_request": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at record_no status needs_review#
        entry_by entry_at updated_by updated_at remove_reason received_at channel category priority applicant_name
        applicant_phone applicant_address request_reason park street_name address_detail village_code district_code rt
        rw latitude# longitude# coord_source surveyed_on surveyor survey_result replacement_trees# permit_no
        permit_date cost_bearer planned_date crew finished_at trees_pruned# trees_felled# trees_planted#
        materials_total# source_doc_no responsible_agency verified_by verified_at notes from_old_register# source_text
        import_batch_id source_row# accepted_warnings""",
    "tree_request_materials": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#! material
        qty# unit unit_price# line_total# source old_part_returned#""",
    "tree_request_move": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! move! state_before
        state_after! moved_at! moved_by! reason""",
    "tree_request_trees": """pk uid!= site_code! born! field_stamps change_no#! known_to extras removed_at parent_uid! position#!
        species_local species_latin tree_count# dbh_cm# girth_cm# height_m# health risk conflict""",
}

INDEXES = [
    ("burial_move_parent", "burial_move", ["parent_uid"]),
    ("cemetery_facilities_parent", "cemetery_facilities", ["parent_uid"]),
    ("cemetery_move_parent", "cemetery_move", ["parent_uid"]),
    ("cemetery_tariffs_parent", "cemetery_tariffs", ["parent_uid"]),
    ("grave_plot_move_parent", "grave_plot_move", ["parent_uid"]),
    ("journal_uid", "journal", ["uid"]),
    ("park_move_parent", "park_move", ["parent_uid"]),
    ("park_schedule_parent", "park_schedule", ["parent_uid"]),
    ("park_work_materials_parent", "park_work_materials", ["parent_uid"]),
    ("park_work_move_parent", "park_work_move", ["parent_uid"]),
    ("plot_permit_levies_parent", "plot_permit_levies", ["parent_uid"]),
    ("plot_permit_move_parent", "plot_permit_move", ["parent_uid"]),
    ("slum_assessment_criteria_parent", "slum_assessment_criteria", ["parent_uid"]),
    ("slum_assessment_move_parent", "slum_assessment_move", ["parent_uid"]),
    ("slum_intervention_budgets_parent", "slum_intervention_budgets", ["parent_uid"]),
    ("slum_intervention_move_parent", "slum_intervention_move", ["parent_uid"]),
    ("slum_unit_move_parent", "slum_unit_move", ["parent_uid"]),
    ("streetlight_repair_materials_parent", "streetlight_repair_materials", ["parent_uid"]),
    ("streetlight_repair_move_parent", "streetlight_repair_move", ["parent_uid"]),
    ("tree_request_materials_parent", "tree_request_materials", ["parent_uid"]),
    ("tree_request_move_parent", "tree_request_move", ["parent_uid"]),
    ("tree_request_trees_parent", "tree_request_trees", ["parent_uid"]),
]


def upgrade() -> None:
    op.make_tables(TABLES)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    op.append_only("journal")
