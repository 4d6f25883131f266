"""One of our own that came back: which copy it was made of, how that is known, and what was changed in it since."""

from __future__ import annotations

from dataclasses import dataclass

from youju.paper.reading import ReadText
from youju.people.models import Unit
from youju.reports.back import How, has_tags, record_words, returned_citations
from youju.reports.drafts.sent import known_copy

DECLINED = "apart"  # the field by which a reader says that it is no copy of ours


@dataclass(frozen=True)
class Back:
    """``percent``: which share of the copy's own words stands in the file, where it is known by them and not by its tags;
    the reader can decline then. ``told`` are places of words that are a record's own."""

    same: int
    sentences: tuple[str, ...]
    told: tuple[tuple[int, int], ...]
    copy: str = ""
    draft_id: int | None = None
    percent: int | None = None


def came_back(document: ReadText, unit: Unit, *, inside: bool, declined: bool = False) -> Back | None:
    """``inside``: he reads the unit's drafts. To anybody else the tags speak for themselves: what stands in a draft is the
    branch's own."""
    known = known_copy(document, unit) if inside and not declined else None
    if known is None and not has_tags(document):
        return None
    sent = known.copy.sent if known else ()
    found = returned_citations(document, sent)
    if not found:
        return None
    return Back(
        same=sum(one.how is How.SAME and not one.record for one in found),
        sentences=tuple(one.sentence for one in found if one.how is not How.SAME),
        told=record_words(document, sent),
        copy=known.copy.name if known else "",
        draft_id=known.draft_id if known else None,
        percent=known.share.percent if known and known.share else None,
    )
