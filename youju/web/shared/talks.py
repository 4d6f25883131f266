"""谈心谈话 at the door: who may learn who talked with whom."""

from __future__ import annotations

from youju.people.models import Member
from youju.people.roles.queries import Reader
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.rules import Looker, may_see_who


def looker_of(user: Reader, rights: frozenset[Right]) -> Looker:
    """The reader of a ledger in which he has these rights; who writes it is not asked which member he is."""
    if Right.WRITE_RECORDS in rights:
        return Looker(writes=True)
    pk = Member.objects.filter(user=user).values_list("pk", flat=True).first() if user.is_authenticated else None
    return Looker(member_id=pk)


def sees(session: Session, looker: Looker) -> bool:
    """Of a session whose kinds and roster are loaded with it."""
    kinds = [row.kind for row in session.kind_rows.all()]
    return may_see_who(kinds, {session.chair_id, *(row.member_id for row in session.roster.all())}, looker)
