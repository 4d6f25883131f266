"""学以致用 as the page of a project, a problem or a record shows it: what was used there, and where one more is written."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from youju.records.activities.models import Session
from youju.records.problems.models import Problem
from youju.study.uses.models import Use
from youju.study.uses.queries import Work, takes_uses, uses_in


@dataclass(frozen=True)
class UseLine:
    use: Use
    url: str


@dataclass(frozen=True)
class UsesHere:
    """``new_url`` is empty where nothing may be added."""

    lines: tuple[UseLine, ...]
    new_url: str

    @property
    def shown(self) -> bool:
        return bool(self.lines or self.new_url)


def uses_here(work: Work, *, may_write: bool) -> UsesHere:
    lines = tuple(UseLine(use, use_url(use)) for use in uses_in(work))
    open_to = may_write and (takes_uses(work) if isinstance(work, Session) else True)
    return UsesHere(lines, f"{reverse('study:use_new')}?{urlencode(_asked(work))}" if open_to else "")


def use_url(use: Use, page: str = "use") -> str:
    return reverse(f"study:{page}", args=[use.ledger_id, use.number])


def work_url(work: Work) -> str:
    if isinstance(work, Session):
        return reverse("ledger:record", args=[work.ledger_id, work.number])
    page = "problems:problem" if isinstance(work, Problem) else "work:project"
    return reverse(page, args=[work.unit_id, work.number])


def work_title(work: Work) -> str:
    return work.head_title if isinstance(work, Session) else work.title


def _asked(work: Work) -> dict[str, str]:
    unit_id = work.ledger_id if isinstance(work, Session) else work.unit_id
    return {"unit": str(unit_id), "work": work.number}
