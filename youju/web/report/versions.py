"""版本: how a draft came to be so, one save after the other, with what went and what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from youju.accounts.models import User
from youju.kit.refusal import NotYours
from youju.reports.drafts.history import Version, difference_of, versions_of
from youju.reports.drafts.models import Draft
from youju.reports.drafts.values import Part

MOST = 200


@dataclass(frozen=True)
class Save:
    """One line of the list."""

    number: int
    what: str
    who: str
    at: datetime
    here: bool


@dataclass(frozen=True)
class Change:
    """What one save did to one passage."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class VersionsPage:
    draft: Draft
    saves: tuple[Save, ...]
    older: int
    chosen: Save
    changes: tuple[Change, ...]
    before: int | None
    after: int | None


def versions_page(draft: Draft, number: int) -> VersionsPage:
    """Raises NotYours where there is no such version."""
    found = versions_of(draft)
    chosen = next((one for one in found if one.number == number), None)
    if chosen is None:
        raise NotYours("没有这一版。")
    names = dict(User.objects.filter(pk__in={one.by_id for one in found if one.by_id}).values_list("pk", "name"))
    saves = tuple(_save(one, names, here=one.number == number) for one in found)
    return VersionsPage(
        draft=draft,
        saves=saves[:MOST],
        older=max(0, len(saves) - MOST),
        chosen=next(save for save in saves if save.here),
        changes=tuple(Change(change.label, change.parts) for change in difference_of(draft, number)),
        before=number - 1 if number > 1 else None,
        after=number + 1 if number < found[0].number else None,
    )


def _save(version: Version, names: dict[int, str], *, here: bool) -> Save:
    return Save(version.number, version.reason, names.get(version.by_id or 0, "系统"), version.at, here)
