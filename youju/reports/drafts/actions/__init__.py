"""Every change of a draft, by what one does: start it, write in it, bring its figures up to date, settle it."""

from youju.reports.drafts.actions.settling import finalise, hand_in, withdraw_final
from youju.reports.drafts.actions.starting import start
from youju.reports.drafts.actions.updating import update_citations
from youju.reports.drafts.actions.writing import (
    choose_alternative,
    drop_alternative,
    edit_head,
    edit_passage,
    insert_passage,
    move_passage,
    remove_passage,
)

__all__ = [
    "choose_alternative",
    "drop_alternative",
    "edit_head",
    "edit_passage",
    "finalise",
    "hand_in",
    "insert_passage",
    "move_passage",
    "remove_passage",
    "start",
    "update_citations",
    "withdraw_final",
]
