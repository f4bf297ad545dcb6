"""Words for the steps of undo: "change goal “Repair café”"."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

VERBS: Final[dict[str, str]] = {
    "add": QT_TRANSLATE_NOOP("Actions", "add {thing}"),
    "change": QT_TRANSLATE_NOOP("Actions", "change {thing}"),
    "archive": QT_TRANSLATE_NOOP("Actions", "archive {thing}"),
    "restore": QT_TRANSLATE_NOOP("Actions", "bring back {thing}"),
    "delete": QT_TRANSLATE_NOOP("Actions", "delete {thing}"),
    "reorder": QT_TRANSLATE_NOOP("Actions", "reorder {thing}"),
    "import": QT_TRANSLATE_NOOP("Actions", "import {thing}"),
    "export": QT_TRANSLATE_NOOP("Actions", "export {thing}"),
    "confirm": QT_TRANSLATE_NOOP("Actions", "confirm {thing}"),
    "unconfirm": QT_TRANSLATE_NOOP("Actions", "take back the confirmation of {thing}"),
    "start": QT_TRANSLATE_NOOP("Actions", "start {thing}"),
    "log": QT_TRANSLATE_NOOP("Actions", "log {thing}"),
    "move": QT_TRANSLATE_NOOP("Actions", "move {thing}"),
    "answer": QT_TRANSLATE_NOOP("Actions", "answer {thing}"),
    "share": QT_TRANSLATE_NOOP("Actions", "share {thing}"),
    "prepare": QT_TRANSLATE_NOOP("Actions", "prepare {thing}"),
}

THINGS: Final[dict[str, str]] = {
    "organisation": QT_TRANSLATE_NOOP("Actions", "organisation"),
    "organisation_file": QT_TRANSLATE_NOOP("Actions", "letterhead or logo"),
    "person": QT_TRANSLATE_NOOP("Actions", "person"),
    "consent": QT_TRANSLATE_NOOP("Actions", "consent"),
    "erasure": QT_TRANSLATE_NOOP("Actions", "erasure"),
    "partnership": QT_TRANSLATE_NOOP("Actions", "partnership"),
    "partnership_organisation": QT_TRANSLATE_NOOP("Actions", "partner organisation"),
    "partnership_member": QT_TRANSLATE_NOOP("Actions", "member"),
    "readiness_answer": QT_TRANSLATE_NOOP("Actions", "answer of the self-check"),
    "outreach": QT_TRANSLATE_NOOP("Actions", "contact"),
    "meeting": QT_TRANSLATE_NOOP("Actions", "meeting"),
    "task": QT_TRANSLATE_NOOP("Actions", "task"),
    "expectation": QT_TRANSLATE_NOOP("Actions", "expectation"),
    "overlap": QT_TRANSLATE_NOOP("Actions", "common ground"),
    "note": QT_TRANSLATE_NOOP("Actions", "note"),
    "shared_goal": QT_TRANSLATE_NOOP("Actions", "goal"),
    "indicator": QT_TRANSLATE_NOOP("Actions", "indicator"),
    "measurement": QT_TRANSLATE_NOOP("Actions", "measurement"),
    "challenge": QT_TRANSLATE_NOOP("Actions", "challenge"),
    "team_member": QT_TRANSLATE_NOOP("Actions", "team member"),
    "coaching_note": QT_TRANSLATE_NOOP("Actions", "coaching note"),
    "solution": QT_TRANSLATE_NOOP("Actions", "solution"),
    "agreement": QT_TRANSLATE_NOOP("Actions", "agreement"),
    "clause": QT_TRANSLATE_NOOP("Actions", "clause"),
    "responsibility": QT_TRANSLATE_NOOP("Actions", "responsibility"),
    "commitment": QT_TRANSLATE_NOOP("Actions", "time commitment"),
    "communication_routine": QT_TRANSLATE_NOOP("Actions", "routine"),
    "resource": QT_TRANSLATE_NOOP("Actions", "contribution in kind"),
    "funding_item": QT_TRANSLATE_NOOP("Actions", "cost"),
    "agreement_version": QT_TRANSLATE_NOOP("Actions", "version of the agreement"),
    "signature": QT_TRANSLATE_NOOP("Actions", "signature"),
    "attachment": QT_TRANSLATE_NOOP("Actions", "attachment"),
    "returned_document": QT_TRANSLATE_NOOP("Actions", "returned document"),
    "returned_change": QT_TRANSLATE_NOOP("Actions", "change of a returned document"),
    "school_year": QT_TRANSLATE_NOOP("Actions", "school year"),
    "term": QT_TRANSLATE_NOOP("Actions", "term"),
    "lesson_time": QT_TRANSLATE_NOOP("Actions", "lesson time"),
    "calendar_period": QT_TRANSLATE_NOOP("Actions", "period"),
    "activity": QT_TRANSLATE_NOOP("Actions", "activity"),
    "occurrence_override": QT_TRANSLATE_NOOP("Actions", "date of an activity"),
    "participation": QT_TRANSLATE_NOOP("Actions", "participation"),
    "occurrence_reply": QT_TRANSLATE_NOOP("Actions", "reply"),
    "hour_entry": QT_TRANSLATE_NOOP("Actions", "hours"),
    "attendance": QT_TRANSLATE_NOOP("Actions", "attendance"),
    "hour_template": QT_TRANSLATE_NOOP("Actions", "template of hours"),
    "running_timer": QT_TRANSLATE_NOOP("Actions", "timer"),
    "workload_check_in": QT_TRANSLATE_NOOP("Actions", "workload check-in"),
    "hour_rate": QT_TRANSLATE_NOOP("Actions", "value of an hour"),
    "hour_report": QT_TRANSLATE_NOOP("Actions", "report of hours"),
    "certificate": QT_TRANSLATE_NOOP("Actions", "certificate"),
    "survey": QT_TRANSLATE_NOOP("Actions", "survey"),
    "survey_response": QT_TRANSLATE_NOOP("Actions", "survey sheet"),
    "research_question": QT_TRANSLATE_NOOP("Actions", "research question"),
    "candidate": QT_TRANSLATE_NOOP("Actions", "candidate"),
    "fellowship_pair": QT_TRANSLATE_NOOP("Actions", "fellowship"),
    "competence": QT_TRANSLATE_NOOP("Actions", "competence"),
    "badge": QT_TRANSLATE_NOOP("Actions", "badge"),
    "badge_award": QT_TRANSLATE_NOOP("Actions", "award of a badge"),
    "own_model": QT_TRANSLATE_NOOP("Actions", "model of our own"),
    "crisis_protocol": QT_TRANSLATE_NOOP("Actions", "crisis protocol"),
}

PLAIN: Final[dict[str, str]] = {
    "import_calendar": QT_TRANSLATE_NOOP("Actions", "import a school calendar"),
    "import_json": QT_TRANSLATE_NOOP("Actions", "import a file"),
    "import_portable": QT_TRANSLATE_NOOP("Actions", "import a file"),
    "apply_school_calendar": QT_TRANSLATE_NOOP("Actions", "apply a changed school calendar"),
    "draft_calendar_amendment": QT_TRANSLATE_NOOP("Actions", "draft an amendment with the new dates"),
    "note_periods": QT_TRANSLATE_NOOP("Actions", "note what was checked or confirmed"),
    "add_public_holidays": QT_TRANSLATE_NOOP("Actions", "add public holidays"),
    "create_sample": QT_TRANSLATE_NOOP("Actions", "fill in the sample"),
    "choose_organisation_file": QT_TRANSLATE_NOOP("Actions", "choose the file"),
    "set_up_organisation": QT_TRANSLATE_NOOP("Actions", "describe our organisation"),
    "create_school_year": QT_TRANSLATE_NOOP("Actions", "new school year"),
    "copy_school_year": QT_TRANSLATE_NOOP("Actions", "copy school year"),
    "import_periods": QT_TRANSLATE_NOOP("Actions", "import a school calendar"),
    "import_schools": QT_TRANSLATE_NOOP("Actions", "import a school list"),
    "import_people": QT_TRANSLATE_NOOP("Actions", "import people"),
    "add_class": QT_TRANSLATE_NOOP("Actions", "add a class"),
    "set_class": QT_TRANSLATE_NOOP("Actions", "set the class"),
    "add_to_partnership": QT_TRANSLATE_NOOP("Actions", "give people a role"),
    "end_people": QT_TRANSLATE_NOOP("Actions", "note that people have left"),
    "archive_people": QT_TRANSLATE_NOOP("Actions", "archive people"),
    "merge_people": QT_TRANSLATE_NOOP("Actions", "merge two people"),
    "record_consents": QT_TRANSLATE_NOOP("Actions", "note consents"),
    "withdraw_consents": QT_TRANSLATE_NOOP("Actions", "note withdrawn consents"),
    "anonymise_person": QT_TRANSLATE_NOOP("Actions", "anonymise"),
    "erase_person": QT_TRANSLATE_NOOP("Actions", "erase"),
    "erase_again": QT_TRANSLATE_NOOP("Actions", "erase again what was erased"),
    "import_records": QT_TRANSLATE_NOOP("Actions", "import a file"),
    "move_occurrence": QT_TRANSLATE_NOOP("Actions", "move a date"),
    "cancel_occurrence": QT_TRANSLATE_NOOP("Actions", "cancel a date"),
    "restore_occurrence": QT_TRANSLATE_NOOP("Actions", "bring back a date"),
    "move_series": QT_TRANSLATE_NOOP("Actions", "move a series"),
    "move_following": QT_TRANSLATE_NOOP("Actions", "move this date and all following"),
    "change_following": QT_TRANSLATE_NOOP("Actions", "change this date and all following"),
    "cancel_following": QT_TRANSLATE_NOOP("Actions", "cancel this date and all following"),
    "split_series": QT_TRANSLATE_NOOP("Actions", "make later dates a series of their own"),
    "resize_occurrence": QT_TRANSLATE_NOOP("Actions", "change how long a date lasts"),
    "change_occurrence": QT_TRANSLATE_NOOP("Actions", "change a date"),
    "copy_activity": QT_TRANSLATE_NOOP("Actions", "copy an activity"),
    "take_replies": QT_TRANSLATE_NOOP("Actions", "take replies"),
    "take_over_proposal": QT_TRANSLATE_NOOP("Actions", "take over a proposed time"),
    "leave_proposal": QT_TRANSLATE_NOOP("Actions", "leave a proposed time"),
    "export_calendar": QT_TRANSLATE_NOOP("Actions", "export the calendar"),
    "share_version": QT_TRANSLATE_NOOP("Actions", "share a version"),
    "sign_agreement": QT_TRANSLATE_NOOP("Actions", "note that both sides have signed"),
    "amend_agreement": QT_TRANSLATE_NOOP("Actions", "draft an amendment"),
    "renew_agreement": QT_TRANSLATE_NOOP("Actions", "draft a renewal"),
    "end_agreement": QT_TRANSLATE_NOOP("Actions", "end the agreement"),
    "keep_returned": QT_TRANSLATE_NOOP("Actions", "keep a returned document"),
    "decide_changes": QT_TRANSLATE_NOOP("Actions", "decide on changes"),
    "reopen_changes": QT_TRANSLATE_NOOP("Actions", "leave changes undecided"),
    "attach_scan": QT_TRANSLATE_NOOP("Actions", "attach a signed scan"),
    "choose_alternative": QT_TRANSLATE_NOOP("Actions", "choose another wording"),
    "answer_question": QT_TRANSLATE_NOOP("Actions", "answer a question"),
    "choose_annexes": QT_TRANSLATE_NOOP("Actions", "choose the annexes"),
    "put_off_question": QT_TRANSLATE_NOOP("Actions", "leave a question for later"),
    "change_agreement_kind": QT_TRANSLATE_NOOP("Actions", "change the kind of agreement"),
    "take_library_wording": QT_TRANSLATE_NOOP("Actions", "take the newer wording"),
    "keep_own_wording": QT_TRANSLATE_NOOP("Actions", "keep our wording"),
    "add_participant": QT_TRANSLATE_NOOP("Actions", "add to the meeting"),
    "remove_participant": QT_TRANSLATE_NOOP("Actions", "take off the meeting"),
    "agree_goal": QT_TRANSLATE_NOOP("Actions", "agree to a goal"),
    "disagree_goal": QT_TRANSLATE_NOOP("Actions", "take back the yes to a goal"),
    "match_expectations": QT_TRANSLATE_NOOP("Actions", "match expectations"),
    "mismatch_expectation": QT_TRANSLATE_NOOP("Actions", "mark a mismatch"),
    "part_expectations": QT_TRANSLATE_NOOP("Actions", "take expectations apart"),
    "resolve_expectation": QT_TRANSLATE_NOOP("Actions", "resolve a mismatch"),
    "bring_model": QT_TRANSLATE_NOOP("Actions", "bring a model of cooperation"),
    "keep_model": QT_TRANSLATE_NOOP("Actions", "keep a model of our own"),
    "take_over_answers": QT_TRANSLATE_NOOP("Actions", "take over the answers of a meeting"),
    "carry_over_readiness": QT_TRANSLATE_NOOP("Actions", "carry the self-check over"),
    "plan_task": QT_TRANSLATE_NOOP("Actions", "plan a task"),
    "plan_duty": QT_TRANSLATE_NOOP("Actions", "plan what is promised"),
    "log_hours": QT_TRANSLATE_NOOP("Actions", "log hours"),
    "save_attendance": QT_TRANSLATE_NOOP("Actions", "note the attendance"),
    "type_in_sheet": QT_TRANSLATE_NOOP("Actions", "type in a sheet"),
    "import_hours": QT_TRANSLATE_NOOP("Actions", "import hours"),
    "log_as_planned": QT_TRANSLATE_NOOP("Actions", "log hours as planned"),
    "stop_timer": QT_TRANSLATE_NOOP("Actions", "stop the timer"),
    "fill_week": QT_TRANSLATE_NOOP("Actions", "fill in the week"),
    "copy_week": QT_TRANSLATE_NOOP("Actions", "copy last week"),
    "paste_hours": QT_TRANSLATE_NOOP("Actions", "paste hours"),
    "confirm_hours": QT_TRANSLATE_NOOP("Actions", "confirm hours"),
    "issue_certificates": QT_TRANSLATE_NOOP("Actions", "issue certificates"),
    "revoke_certificate": QT_TRANSLATE_NOOP("Actions", "revoke a certificate"),
    "note_consents": QT_TRANSLATE_NOOP("Actions", "note consents"),
    "unconfirm_hours": QT_TRANSLATE_NOOP("Actions", "take back the confirmation of hours"),
}
"""Actions that are no verb of a kind."""


def action_text(action: str, label: str = "", length: int = 40) -> str:
    """A step in words, with what it was about, cut to `length` characters."""
    text = _plain(action)
    short = label.strip().split("\n")[0]
    if len(short) > length:
        short = f"{short[: length - 1].rstrip()}…"
    return f"{text} “{short}”" if short else text


def kind_word(kind: str) -> str:
    """The word for a kind of record: "shared_goal" → "goal"."""
    source = THINGS.get(kind)
    return QCoreApplication.translate("Actions", source) if source else kind.replace("_", " ")


def _plain(action: str) -> str:
    if action in PLAIN:
        return QCoreApplication.translate("Actions", PLAIN[action])
    verb, _, kind = action.partition("_")
    if verb in VERBS and kind:
        return QCoreApplication.translate("Actions", VERBS[verb]).format(thing=kind_word(kind))
    return action.replace("_", " ")
