"""The kinds by which a figure may choose among entries, by row type: each noun's own data says which there are."""

from __future__ import annotations

from collections.abc import Collection

from youju.records.campaigns.kinds import CAMPAIGN_KINDS
from youju.records.lists.kinds import LIST_KINDS
from youju.records.projects.kinds import PROJECT_KINDS
from youju.records.publicity.kinds import PUBLICITY_KINDS
from youju.records.registers.kinds import REACH_KINDS, SUBJECT_KINDS
from youju.records.talks.values import Requirement
from youju.study.uses.values import Place

ENTRY_KINDS: dict[str, Collection[str]] = {
    "project": PROJECT_KINDS,
    "milestone": PROJECT_KINDS,
    "campaign": CAMPAIGN_KINDS,
    "campaign_task": CAMPAIGN_KINDS,
    "item": LIST_KINDS,
    "check": LIST_KINDS,
    "subject": SUBJECT_KINDS,
    "reach": REACH_KINDS,
    "pair": tuple(Requirement),
    "request": ("at_visit", "brought"),
    "publication": PUBLICITY_KINDS,
    "fee": ("month", "mark"),
    "reading": (),
    "use": tuple(Place),
    "make_up": (),
    "topic": (),
    "delivery": (),
    "brought": (),
}
