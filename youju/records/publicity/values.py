"""Plain values of publicity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    UNUSED = "unused"

    @property
    def zh(self) -> str:
        return {"draft": "草稿", "published": "已发布", "unused": "未采用"}[self]


@dataclass(frozen=True)
class ConsentDraft:
    """本人同意: on which day, and who of the unit asked and noted it."""

    on: date | None = None
    noted_by_id: int | None = None


@dataclass(frozen=True)
class PublicationDraft:
    """``dated_on`` is the day it was published, of what is not the day it was written.

    A person is written about by ``person_id``, or, where he is no member here, in words (``outsider``) that can be erased.
    """

    kind: str
    title: str
    dated_on: date
    status: Status = Status.DRAFT
    channel: str = ""
    channel_name: str = ""
    link: str = ""
    text: str = ""
    practice: str = ""
    outcome: str = ""
    use: str = ""
    project_id: int | None = None
    person_id: int | None = None
    outsider: str = ""
    consent: ConsentDraft = ConsentDraft()
