"""Where a text may name a person. Nobody can tell that by machine for certain, so a place is shown to somebody to judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Q

from youju.accounts.models import User
from youju.journal.models import Revision, RevisionText
from youju.people.models import Correction, Member
from youju.records.models import (
    Campaign,
    ListItem,
    Problem,
    Project,
    Publication,
    Reading,
    Request,
    Session,
    Source,
    Subject,
)
from youju.study.models import Contest, Delivery, Question, SelfTest, SpotCheck, StudyPoint, StudyUnit, Use

#: Tables that hold the name as a name, which goes by itself, or his own words, which go with him.
OWN = (Member, User, Correction)
#: What a revision may belong to, by its noun.
RECORDS: dict[str, type[models.Model]] = {
    "session": Session, "problem": Problem, "project": Project, "campaign": Campaign, "request": Request,
    "publication": Publication, "item": ListItem, "source": Source, "subject": Subject,
    "question": Question, "selftest": SelfTest, "use": Use, "study_unit": StudyUnit, "study_point": StudyPoint, "spot_check": SpotCheck,
    "delivery": Delivery, "contest": Contest,
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Mention:
    """A record in which the name stands in free text; ``unit_id`` and ``number`` name it where it is one.

    ``within`` is what its number is one of: the register of an entry, the year of a reading.
    """

    what: str
    unit_id: int = 0
    number: str = ""
    within: str = ""

    @property
    def said(self) -> str:
        return f"{self.what} {self.number}".strip()


def mentions(name: str) -> list[Mention]:
    """Every place of the ledger whose text holds the name, each once: also a namesake's, and a word that looks like it."""
    found = {_place_of(row) for table in _tables() for row in _rows(table, name)}
    return sorted(found)


def _tables() -> list[type[models.Model]]:
    return [table for table in apps.get_models() if table.__module__.startswith("youju.") and table not in OWN]


def _rows(table: type[models.Model], name: str) -> list[models.Model]:
    texts = [
        field.attname
        for field in table._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    if not texts:
        return []
    asked = reduce(or_, (Q(**{f"{text}__contains": name}) for text in texts))
    return list(table._default_manager.filter(asked))


def _place_of(row: models.Model) -> Mention:
    """The record a row belongs to, up the keys that lead to one; else the row itself by its kind and number."""
    if isinstance(row, RevisionText):
        return _place_of(row.revision)
    if isinstance(row, Revision):
        table = RECORDS.get(row.noun)
        owner = table._default_manager.filter(pk=row.object_id).first() if table else None
        return _place_of(owner) if owner else Mention(f"{row.room}.{row.noun}", number=str(row.object_id))
    if isinstance(row, Session):
        return Mention("记录", row.ledger_id, row.number)
    if isinstance(row, StudyUnit | SpotCheck | Contest):  # they have no numbers; their pages go by their ids
        return Mention(str(row._meta.verbose_name), row.ledger_id, str(row.pk))
    if isinstance(row, StudyPoint):
        return Mention("学习重点", row.sender_id, str(row.pk))
    if isinstance(row, Use):
        return Mention("学以致用", row.ledger_id, row.number)
    if isinstance(row, Delivery):
        return Mention("送学上门", row.ledger_id, row.number)
    if isinstance(row, Source):
        return Mention("学习材料", row.ledger_id, row.number)
    if isinstance(row, Subject):
        return Mention("名册", row.unit_id, row.code, row.kind)
    if isinstance(row, Reading):  # one that was taken back stands on no page any more
        what = "已撤回的自学登记" if row.withdrawn_at else "自学登记"
        return Mention(what, row.ledger_id, row.read_on.isoformat(), str(row.read_on.year))
    if isinstance(row, Problem | Project | Campaign | Request | Publication | ListItem):
        return Mention(str(row._meta.verbose_name), row.unit_id, row.number)
    for key in ("publication", "project", "campaign", "item", "session", "problem", "source"):
        above = getattr(row, key, None)
        if isinstance(above, models.Model):
            return _place_of(above)
    return Mention(str(row._meta.verbose_name), number=str(row.pk))
