"""Format 3: letterheads, the agreement's tables and returned documents, coaching, and parts of single models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from alembic.operations import Operations

STATEMENTS: Final = """
CREATE TABLE erasure (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    person_key CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    done_on DATE NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (id)
);
ALTER TABLE organisation ADD COLUMN hour_warning_percent INTEGER DEFAULT '80' NOT NULL;
CREATE TABLE own_model (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    code VARCHAR(300) NOT NULL,
    title VARCHAR(300) NOT NULL,
    content VARCHAR(200000) NOT NULL,
    CONSTRAINT pk_own_model PRIMARY KEY (id)
);
CREATE TABLE hour_rate (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    organisation_id CHAR(32) NOT NULL,
    amount_cents INTEGER NOT NULL,
    currency VARCHAR(300) NOT NULL,
    year INTEGER NOT NULL,
    category VARCHAR(40),
    source VARCHAR(300) NOT NULL,
    CONSTRAINT pk_hour_rate PRIMARY KEY (id),
    CONSTRAINT fk_hour_rate_organisation_id FOREIGN KEY(organisation_id)
    REFERENCES organisation (id) ON DELETE CASCADE DEFERRABLE
);
CREATE TABLE organisation_file (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    organisation_id CHAR(32) NOT NULL,
    purpose VARCHAR(40) NOT NULL,
    file_name VARCHAR(300) NOT NULL,
    media_type VARCHAR(300) NOT NULL,
    sha256 VARCHAR(300) NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_organisation_file PRIMARY KEY (id),
    CONSTRAINT fk_organisation_file_organisation_id FOREIGN KEY(organisation_id)
    REFERENCES organisation (id) ON DELETE CASCADE DEFERRABLE
);
ALTER TABLE person ADD COLUMN anonymised_on DATE;
ALTER TABLE calendar_period ADD COLUMN checked_on DATE;
ALTER TABLE calendar_period ADD COLUMN confirmed_on DATE;
ALTER TABLE partnership ADD COLUMN parts TEXT DEFAULT '{}' NOT NULL;
ALTER TABLE term ADD COLUMN first_week_letter VARCHAR(300) DEFAULT 'A' NOT NULL;
ALTER TABLE agreement ADD COLUMN second_language VARCHAR(40);
ALTER TABLE agreement ADD COLUMN
    follows_id CHAR(32) CONSTRAINT fk_agreement_follows_id REFERENCES agreement (id) ON DELETE SET NULL DEFERRABLE;
ALTER TABLE agreement ADD COLUMN follows_as VARCHAR(40);
CREATE TABLE badge (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(300) NOT NULL,
    description VARCHAR(20000) NOT NULL,
    criteria TEXT NOT NULL,
    competences TEXT NOT NULL,
    assessed_by VARCHAR(300) NOT NULL,
    awarded_by VARCHAR(300) NOT NULL,
    workload_hours FLOAT,
    CONSTRAINT pk_badge PRIMARY KEY (id),
    CONSTRAINT fk_badge_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE
);
CREATE TABLE candidate (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    person_id CHAR(32),
    label VARCHAR(300) NOT NULL,
    applied_on DATE,
    motivation VARCHAR(20000) NOT NULL,
    scores TEXT NOT NULL,
    selection VARCHAR(40) NOT NULL,
    decided_on DATE,
    remark VARCHAR(20000) NOT NULL,
    CONSTRAINT pk_candidate PRIMARY KEY (id),
    CONSTRAINT fk_candidate_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_candidate_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE
);
CREATE TABLE certificate (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32),
    number VARCHAR(300) NOT NULL,
    person_id CHAR(32),
    holder VARCHAR(300) NOT NULL,
    issued_on DATE NOT NULL,
    starts_on DATE,
    ends_on DATE,
    minutes INTEGER NOT NULL,
    language VARCHAR(40) NOT NULL,
    competences TEXT NOT NULL,
    signed_by VARCHAR(300) NOT NULL,
    revoked_on DATE,
    revoked_reason VARCHAR(300) NOT NULL,
    holder_kind VARCHAR(40),
    issued_for VARCHAR(300) NOT NULL,
    roles TEXT NOT NULL,
    activities TEXT NOT NULL,
    activity_minutes TEXT NOT NULL,
    CONSTRAINT pk_certificate PRIMARY KEY (id),
    CONSTRAINT fk_certificate_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_certificate_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL DEFERRABLE
);
CREATE TABLE competence (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    area VARCHAR(300) NOT NULL,
    name VARCHAR(300) NOT NULL,
    description VARCHAR(20000) NOT NULL,
    evidence VARCHAR(20000) NOT NULL,
    CONSTRAINT pk_competence PRIMARY KEY (id),
    CONSTRAINT fk_competence_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE
);
CREATE TABLE crisis_protocol (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(300) NOT NULL,
    kept_at VARCHAR(300) NOT NULL,
    version_on DATE,
    first_contact_id CHAR(32),
    second_contact_id CHAR(32),
    phone VARCHAR(300) NOT NULL,
    covers TEXT NOT NULL,
    staff_informed_on DATE,
    review_on DATE,
    CONSTRAINT pk_crisis_protocol PRIMARY KEY (id),
    CONSTRAINT fk_crisis_protocol_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_crisis_protocol_first_contact_id FOREIGN KEY(first_contact_id)
    REFERENCES person (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_crisis_protocol_second_contact_id FOREIGN KEY(second_contact_id)
    REFERENCES person (id) ON DELETE SET NULL DEFERRABLE
);
CREATE TABLE hour_report (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32),
    title VARCHAR(300) NOT NULL,
    rows TEXT NOT NULL,
    columns VARCHAR(300) NOT NULL,
    period VARCHAR(40) NOT NULL,
    starts_on DATE,
    ends_on DATE,
    person_kinds TEXT NOT NULL,
    confirmed_only BOOLEAN NOT NULL,
    with_value BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_hour_report PRIMARY KEY (id),
    CONSTRAINT fk_hour_report_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE
);
CREATE TABLE workload_check_in (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    person_id CHAR(32),
    side VARCHAR(40) NOT NULL,
    asked_on DATE NOT NULL,
    level INTEGER NOT NULL,
    remark VARCHAR(300) NOT NULL,
    CONSTRAINT pk_workload_check_in PRIMARY KEY (id),
    CONSTRAINT fk_workload_check_in_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_workload_check_in_person_id FOREIGN KEY(person_id)
    REFERENCES person (id) ON DELETE SET NULL DEFERRABLE
);
ALTER TABLE agreement_version ADD COLUMN second_language VARCHAR(300) DEFAULT '' NOT NULL;
CREATE TABLE badge_award (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    badge_id CHAR(32) NOT NULL,
    person_id CHAR(32),
    label VARCHAR(300) NOT NULL,
    criteria_met TEXT NOT NULL,
    awarded_on DATE,
    evidence VARCHAR(20000) NOT NULL,
    CONSTRAINT pk_badge_award PRIMARY KEY (id),
    CONSTRAINT fk_badge_award_badge_id FOREIGN KEY(badge_id) REFERENCES badge (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_badge_award_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE
);
ALTER TABLE challenge ADD COLUMN curriculum_link VARCHAR(20000) DEFAULT '' NOT NULL;
ALTER TABLE clause ADD COLUMN library_hashes TEXT DEFAULT '{}' NOT NULL;
CREATE TABLE fellowship_pair (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    candidate_id CHAR(32) NOT NULL,
    host_organisation_id CHAR(32),
    host_id CHAR(32),
    phase VARCHAR(40) NOT NULL,
    starts_on DATE,
    ends_on DATE,
    learning_plan VARCHAR(20000) NOT NULL,
    outcome VARCHAR(20000) NOT NULL,
    CONSTRAINT pk_fellowship_pair PRIMARY KEY (id),
    CONSTRAINT fk_fellowship_pair_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_fellowship_pair_candidate_id FOREIGN KEY(candidate_id)
    REFERENCES candidate (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_fellowship_pair_host_organisation_id FOREIGN KEY(host_organisation_id)
    REFERENCES organisation (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_fellowship_pair_host_id FOREIGN KEY(host_id) REFERENCES person (id) ON DELETE SET NULL DEFERRABLE
);
CREATE TABLE coaching_note (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    challenge_id CHAR(32) NOT NULL,
    noted_on DATE NOT NULL,
    phase VARCHAR(40) NOT NULL,
    author_id CHAR(32),
    text VARCHAR(20000) NOT NULL,
    next_step VARCHAR(300) NOT NULL,
    CONSTRAINT pk_coaching_note PRIMARY KEY (id),
    CONSTRAINT fk_coaching_note_challenge_id FOREIGN KEY(challenge_id)
    REFERENCES challenge (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_coaching_note_author_id FOREIGN KEY(author_id) REFERENCES person (id) ON DELETE SET NULL DEFERRABLE
);
ALTER TABLE commitment ADD COLUMN
    clause_id CHAR(32) CONSTRAINT fk_commitment_clause_id REFERENCES clause (id) ON DELETE SET NULL DEFERRABLE;
CREATE TABLE communication_routine (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    agreement_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    title VARCHAR(300) NOT NULL,
    rhythm VARCHAR(40) NOT NULL,
    count INTEGER NOT NULL,
    duration_minutes INTEGER NOT NULL,
    channel VARCHAR(300) NOT NULL,
    person_cso_id CHAR(32),
    person_school_id CHAR(32),
    due_on DATE,
    remark VARCHAR(300) NOT NULL,
    clause_id CHAR(32),
    CONSTRAINT pk_communication_routine PRIMARY KEY (id),
    CONSTRAINT fk_communication_routine_agreement_id FOREIGN KEY(agreement_id)
    REFERENCES agreement (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_communication_routine_person_cso_id FOREIGN KEY(person_cso_id)
    REFERENCES person (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_communication_routine_person_school_id FOREIGN KEY(person_school_id)
    REFERENCES person (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_communication_routine_clause_id FOREIGN KEY(clause_id)
    REFERENCES clause (id) ON DELETE SET NULL DEFERRABLE
);
CREATE TABLE funding_item (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    agreement_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(300) NOT NULL,
    amount_cents INTEGER,
    currency VARCHAR(300) NOT NULL,
    paid_by VARCHAR(40) NOT NULL,
    source VARCHAR(300) NOT NULL,
    due_on DATE,
    remark VARCHAR(300) NOT NULL,
    clause_id CHAR(32),
    CONSTRAINT pk_funding_item PRIMARY KEY (id),
    CONSTRAINT fk_funding_item_agreement_id FOREIGN KEY(agreement_id)
    REFERENCES agreement (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_funding_item_clause_id FOREIGN KEY(clause_id) REFERENCES clause (id) ON DELETE SET NULL DEFERRABLE
);
ALTER TABLE indicator ADD COLUMN measured_how VARCHAR(300) DEFAULT '' NOT NULL;
ALTER TABLE indicator ADD COLUMN
    clause_id CHAR(32) CONSTRAINT fk_indicator_clause_id REFERENCES clause (id) ON DELETE SET NULL DEFERRABLE;
CREATE TABLE research_question (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(300) NOT NULL,
    asked_by VARCHAR(300) NOT NULL,
    received_on DATE,
    background VARCHAR(20000) NOT NULL,
    knowledge_needed VARCHAR(20000) NOT NULL,
    use_of_result VARCHAR(20000) NOT NULL,
    result VARCHAR(40) NOT NULL,
    needed_by DATE,
    state VARCHAR(40) NOT NULL,
    review TEXT NOT NULL,
    reviewer_id CHAR(32),
    reviewed_on DATE,
    decision_reason VARCHAR(20000) NOT NULL,
    supervisor_id CHAR(32),
    challenge_id CHAR(32),
    delivered_on DATE,
    CONSTRAINT pk_research_question PRIMARY KEY (id),
    CONSTRAINT fk_research_question_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_research_question_reviewer_id FOREIGN KEY(reviewer_id)
    REFERENCES person (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_research_question_supervisor_id FOREIGN KEY(supervisor_id)
    REFERENCES person (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_research_question_challenge_id FOREIGN KEY(challenge_id)
    REFERENCES challenge (id) ON DELETE SET NULL DEFERRABLE
);
CREATE TABLE resource (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    agreement_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    title VARCHAR(300) NOT NULL,
    quantity VARCHAR(300) NOT NULL,
    provided_by VARCHAR(40) NOT NULL,
    available VARCHAR(300) NOT NULL,
    remark VARCHAR(300) NOT NULL,
    clause_id CHAR(32),
    CONSTRAINT pk_resource PRIMARY KEY (id),
    CONSTRAINT fk_resource_agreement_id FOREIGN KEY(agreement_id)
    REFERENCES agreement (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_resource_clause_id FOREIGN KEY(clause_id) REFERENCES clause (id) ON DELETE SET NULL DEFERRABLE
);
CREATE TABLE returned_document (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    agreement_id CHAR(32) NOT NULL,
    agreement_version_id CHAR(32),
    file_name VARCHAR(300) NOT NULL,
    received_on DATE,
    received_from VARCHAR(300) NOT NULL,
    sha256 VARCHAR(300) NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_returned_document PRIMARY KEY (id),
    CONSTRAINT fk_returned_document_agreement_id FOREIGN KEY(agreement_id)
    REFERENCES agreement (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_returned_document_agreement_version_id FOREIGN KEY(agreement_version_id)
    REFERENCES agreement_version (id) ON DELETE SET NULL DEFERRABLE
);
ALTER TABLE solution ADD COLUMN kind VARCHAR(40) DEFAULT 'solution' NOT NULL;
ALTER TABLE solution ADD COLUMN adoption VARCHAR(20000) DEFAULT '' NOT NULL;
ALTER TABLE activity ADD COLUMN
    routine_id CHAR(32) CONSTRAINT fk_activity_routine_id
    REFERENCES communication_routine (id) ON DELETE SET NULL DEFERRABLE;
ALTER TABLE activity ADD COLUMN
    split_from_id CHAR(32) CONSTRAINT fk_activity_split_from_id REFERENCES activity (id) ON DELETE SET NULL DEFERRABLE;
ALTER TABLE activity ADD COLUMN planned_on DATE;
CREATE TABLE returned_change (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    returned_document_id CHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    clause_id CHAR(32),
    place VARCHAR(40) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    language VARCHAR(300) NOT NULL,
    paragraph INTEGER,
    "before" VARCHAR(20000) NOT NULL,
    "after" VARCHAR(20000) NOT NULL,
    author VARCHAR(300) NOT NULL,
    made_at VARCHAR(32),
    comment VARCHAR(20000) NOT NULL,
    decision VARCHAR(40) NOT NULL,
    decided_on DATE,
    remark VARCHAR(20000) NOT NULL,
    CONSTRAINT pk_returned_change PRIMARY KEY (id),
    CONSTRAINT fk_returned_change_returned_document_id FOREIGN KEY(returned_document_id)
    REFERENCES returned_document (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_returned_change_clause_id FOREIGN KEY(clause_id)
    REFERENCES clause (id) ON DELETE SET NULL DEFERRABLE
);
ALTER TABLE attendance ADD COLUMN minutes INTEGER;
ALTER TABLE hour_entry ADD COLUMN confirmed_on DATE;
ALTER TABLE hour_entry ADD COLUMN source VARCHAR(40) DEFAULT 'typed' NOT NULL;
CREATE TABLE hour_template (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    title VARCHAR(300) NOT NULL,
    person_id CHAR(32),
    head_count INTEGER,
    role VARCHAR(300) NOT NULL,
    start_time VARCHAR(15),
    minutes INTEGER NOT NULL,
    category VARCHAR(40) NOT NULL,
    activity_id CHAR(32),
    remark VARCHAR(300) NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_hour_template PRIMARY KEY (id),
    CONSTRAINT fk_hour_template_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_hour_template_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_hour_template_activity_id FOREIGN KEY(activity_id)
    REFERENCES activity (id) ON DELETE SET NULL DEFERRABLE
);
ALTER TABLE occurrence_override ADD COLUMN conflict_note VARCHAR(300) DEFAULT '' NOT NULL;
ALTER TABLE occurrence_override ADD COLUMN head_count INTEGER;
ALTER TABLE occurrence_override ADD COLUMN notes_after VARCHAR(20000) DEFAULT '' NOT NULL;
ALTER TABLE occurrence_override ADD COLUMN whole_day BOOLEAN DEFAULT '0' NOT NULL;
ALTER TABLE occurrence_override ADD COLUMN planned_on DATE;
CREATE TABLE occurrence_reply (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    activity_id CHAR(32) NOT NULL,
    person_id CHAR(32) NOT NULL,
    original_on DATE NOT NULL,
    reply VARCHAR(40) NOT NULL,
    replied_at VARCHAR(32),
    reply_remark VARCHAR(300) NOT NULL,
    proposed_on DATE,
    proposed_time VARCHAR(15),
    proposed_minutes INTEGER,
    CONSTRAINT pk_occurrence_reply PRIMARY KEY (id),
    CONSTRAINT fk_occurrence_reply_activity_id FOREIGN KEY(activity_id)
    REFERENCES activity (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_occurrence_reply_person_id FOREIGN KEY(person_id)
    REFERENCES person (id) ON DELETE CASCADE DEFERRABLE
);
ALTER TABLE participation ADD COLUMN replied_at VARCHAR(32);
ALTER TABLE participation ADD COLUMN reply_remark VARCHAR(300) DEFAULT '' NOT NULL;
ALTER TABLE participation ADD COLUMN proposed_on DATE;
ALTER TABLE participation ADD COLUMN proposed_time VARCHAR(15);
ALTER TABLE participation ADD COLUMN proposed_minutes INTEGER;
ALTER TABLE participation ADD COLUMN told_at VARCHAR(32);
CREATE TABLE running_timer (
    id CHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    partnership_id CHAR(32) NOT NULL,
    person_id CHAR(32),
    began_on DATE NOT NULL,
    started_at VARCHAR(32),
    seconds_before INTEGER NOT NULL,
    category VARCHAR(40) NOT NULL,
    activity_id CHAR(32),
    remark VARCHAR(300) NOT NULL,
    CONSTRAINT pk_running_timer PRIMARY KEY (id),
    CONSTRAINT fk_running_timer_partnership_id FOREIGN KEY(partnership_id)
    REFERENCES partnership (id) ON DELETE CASCADE DEFERRABLE,
    CONSTRAINT fk_running_timer_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT fk_running_timer_activity_id FOREIGN KEY(activity_id)
    REFERENCES activity (id) ON DELETE SET NULL DEFERRABLE
);
ALTER TABLE task ADD COLUMN
    activity_id CHAR(32) CONSTRAINT fk_task_activity_id REFERENCES activity (id) ON DELETE SET NULL DEFERRABLE;
CREATE INDEX ix_hour_rate_organisation_id ON hour_rate (organisation_id);
CREATE INDEX ix_organisation_file_organisation_id ON organisation_file (organisation_id);
CREATE INDEX ix_agreement_follows_id ON agreement (follows_id);
CREATE INDEX ix_badge_partnership_id ON badge (partnership_id);
CREATE INDEX ix_candidate_partnership_id ON candidate (partnership_id);
CREATE INDEX ix_candidate_person_id ON candidate (person_id);
CREATE INDEX ix_certificate_partnership_id ON certificate (partnership_id);
CREATE INDEX ix_certificate_person_id ON certificate (person_id);
CREATE INDEX ix_competence_partnership_id ON competence (partnership_id);
CREATE INDEX ix_crisis_protocol_first_contact_id ON crisis_protocol (first_contact_id);
CREATE INDEX ix_crisis_protocol_partnership_id ON crisis_protocol (partnership_id);
CREATE INDEX ix_crisis_protocol_second_contact_id ON crisis_protocol (second_contact_id);
CREATE INDEX ix_hour_report_partnership_id ON hour_report (partnership_id);
CREATE INDEX ix_workload_check_in_partnership_id ON workload_check_in (partnership_id);
CREATE INDEX ix_workload_check_in_person_id ON workload_check_in (person_id);
CREATE INDEX ix_badge_award_badge_id ON badge_award (badge_id);
CREATE INDEX ix_badge_award_person_id ON badge_award (person_id);
CREATE INDEX ix_fellowship_pair_candidate_id ON fellowship_pair (candidate_id);
CREATE INDEX ix_fellowship_pair_host_id ON fellowship_pair (host_id);
CREATE INDEX ix_fellowship_pair_host_organisation_id ON fellowship_pair (host_organisation_id);
CREATE INDEX ix_fellowship_pair_partnership_id ON fellowship_pair (partnership_id);
CREATE INDEX ix_coaching_note_author_id ON coaching_note (author_id);
CREATE INDEX ix_coaching_note_challenge_id ON coaching_note (challenge_id);
CREATE INDEX ix_commitment_clause_id ON commitment (clause_id);
CREATE INDEX ix_communication_routine_agreement_id ON communication_routine (agreement_id);
CREATE INDEX ix_communication_routine_clause_id ON communication_routine (clause_id);
CREATE INDEX ix_communication_routine_person_cso_id ON communication_routine (person_cso_id);
CREATE INDEX ix_communication_routine_person_school_id ON communication_routine (person_school_id);
CREATE INDEX ix_funding_item_agreement_id ON funding_item (agreement_id);
CREATE INDEX ix_funding_item_clause_id ON funding_item (clause_id);
CREATE INDEX ix_indicator_clause_id ON indicator (clause_id);
CREATE INDEX ix_research_question_challenge_id ON research_question (challenge_id);
CREATE INDEX ix_research_question_partnership_id ON research_question (partnership_id);
CREATE INDEX ix_research_question_reviewer_id ON research_question (reviewer_id);
CREATE INDEX ix_research_question_supervisor_id ON research_question (supervisor_id);
CREATE INDEX ix_resource_agreement_id ON resource (agreement_id);
CREATE INDEX ix_resource_clause_id ON resource (clause_id);
CREATE INDEX ix_returned_document_agreement_id ON returned_document (agreement_id);
CREATE INDEX ix_returned_document_agreement_version_id ON returned_document (agreement_version_id);
CREATE INDEX ix_activity_routine_id ON activity (routine_id);
CREATE INDEX ix_activity_split_from_id ON activity (split_from_id);
CREATE INDEX ix_returned_change_clause_id ON returned_change (clause_id);
CREATE INDEX ix_returned_change_returned_document_id ON returned_change (returned_document_id);
CREATE INDEX ix_hour_template_activity_id ON hour_template (activity_id);
CREATE INDEX ix_hour_template_partnership_id ON hour_template (partnership_id);
CREATE INDEX ix_hour_template_person_id ON hour_template (person_id);
CREATE INDEX ix_occurrence_reply_activity_id ON occurrence_reply (activity_id);
CREATE INDEX ix_occurrence_reply_person_id ON occurrence_reply (person_id);
CREATE INDEX ix_running_timer_activity_id ON running_timer (activity_id);
CREATE INDEX ix_running_timer_partnership_id ON running_timer (partnership_id);
CREATE INDEX ix_running_timer_person_id ON running_timer (person_id);
CREATE INDEX ix_task_activity_id ON task (activity_id);
"""


def upgrade(operations: Operations) -> None:
    """Make the new tables, columns and indexes. Columns have defaults, so nothing that is stored changes."""
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            operations.execute(statement)
