"""The pages that stand behind a tab or a button of another, by the names on them: the rail does not show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.people.units.values import ABOVE_BRANCHES, UnitKind

BRANCHES = (UnitKind.BRANCH, UnitKind.GROUP)


@dataclass(frozen=True)
class Inner:
    """``right``: in the unit the page is about."""

    label: str
    page: str
    right: Right = Right.READ_RECORDS
    kinds: tuple[UnitKind, ...] = ()  # of units that have it, where not all do


PAGES = (
    Inner("项目", "work:projects"),
    Inner("专项活动", "work:campaigns"),
    Inner("走访", "work:visits"),
    Inner("名册", "work:registers"),
    Inner("诉求", "work:requests"),
    Inner("宣传", "work:publicity"),
    Inner("清稿", "work:publicity_clean", Right.WRITE_RECORDS),
    Inner("谈心谈话", "ledger:talks", kinds=BRANCHES),
    Inner("落实事项", "ledger:tasks"),
    Inner("专题和学习材料", "ledger:studies"),
    Inner("学习安排", "study:units"),
    Inner("自学抽查", "study:checks"),
    Inner("学习体系", "study:curriculum"),
    Inner("学习地图", "study:map"),
    Inner("收件箱", "study:inbox"),
    Inner("学以致用", "study:uses"),
    Inner("送学上门", "study:deliveries"),
    Inner("自学登记", "ledger:readings", Right.WRITE_RECORDS),
    Inner("题库", "study:questions"),
    Inner("自测", "study:tests"),
    Inner("知识竞赛", "study:contests"),
    Inner("学时", "study:hours", Right.READ_ROSTER),
    Inner("学习重点", "notices:points", Right.SEND_NOTICES, ABOVE_BRANCHES),
    Inner("党费登记", "people:fees", Right.READ_ROSTER),
    Inner("任期", "people:terms", Right.READ_ROSTER),
    Inner("规则", "setup:rules"),
)


def inner_pages(unit: Unit, rights: frozenset[Right]) -> Iterator[tuple[str, str]]:
    """(label, address) of those the reader may open in the unit."""
    for one in PAGES:
        if one.right in rights and (not one.kinds or unit.kind in one.kinds):
            yield one.label, f"{reverse(one.page)}?{urlencode({'unit': unit.pk})}"
