"""What went out of a unit, found again when a file comes back: by the ids in its tags, else by the words it shares.

Of a draft the version is looked for that the file was made of, so that what was written in the draft since is not taken
for a change of the file. Of other units nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from youju.figures.catalogue import FIGURES
from youju.journal.models import Revision, RevisionText
from youju.journal.queries import kept_body
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.paper.reading import ReadText
from youju.people.models import Unit
from youju.prose.tokens import FigureToken
from youju.reports.alike import Likeness, most_alike, nearest, shingles
from youju.reports.appendix import as_of_written
from youju.reports.back import body_of, figure_tags, key_of, told_tag
from youju.reports.drafts.models import Citation, Draft
from youju.reports.drafts.queries import drafts_of
from youju.reports.drafts.rules import asked, pieces
from youju.reports.drafts.values import RecordWords
from youju.reports.outline import OUTLINES, words_of_outlines
from youju.reports.queries import report_of
from youju.reports.sent import Copy, Sent, Stretch, copy_of, squeezed

MOST_VERSIONS = 40  # of one draft are compared, the newest; and every one that was final
HEAD = 4  # lines in which a title is looked for
_TAG = re.compile(r"yj-c(\d{1,18})-[0-9a-f]+\Z")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_TOKEN = re.compile(r"〔=([^〔〕@]+)(?:@上年)?〕")


@dataclass(frozen=True)
class Known:
    """The copy a file was made of. ``share`` tells how much of its own words stand in the file, where that is how it was
    known; None where the tags said it."""

    copy: Copy
    draft_id: int | None
    share: Likeness | None


def sent_of(document: ReadText, unit: Unit) -> tuple[Sent, ...]:
    """What went out in the copy that the document was made of; nothing where it is none of the unit's."""
    known = known_copy(document, unit)
    return known.copy.sent if known else ()


def known_copy(document: ReadText, unit: Unit) -> Known | None:
    """What of the unit's went out and came back as this document, or None. Tags first."""
    text = body_of(document)
    drafts = drafts_of(unit)
    by_id = _tagged_draft(document, drafts)
    if by_id:
        copy = nearest(text, _versions(by_id))
        return Known(copy, by_id.pk, None) if copy else None
    newest = {
        pk: copies[0] for pk, copies in _copies({draft.pk: [draft.version] for draft in drafts}).items() if copies
    }
    common = _common()
    if not figure_tags(document):
        found = most_alike(text, newest.values(), common=common)
        if found:
            draft = next(row for row in drafts if newest.get(row.pk) is found.copy)
            return Known(nearest(text, _versions(draft)) or found.copy, draft.pk, found)
    # The sheet itself, which is not stored: composed anew as of the day that stands in the file.
    found = most_alike(text, _composed(document, unit), common=common)
    return Known(found.copy, None, None if figure_tags(document) else found) if found else None


def _tagged_draft(document: ReadText, drafts: Sequence[Draft]) -> Draft | None:
    """The draft that most of the tags name."""
    keys = {int(tag[1]) for span in document.tags if (tag := _TAG.match(span.tag))}
    if not keys:
        return None
    rows = Citation.objects.filter(pk__in=keys, passage__draft__in=drafts)
    counted = Counter(rows.values_list("passage__draft_id", flat=True)).most_common(1)
    return next((draft for draft in drafts if counted and draft.pk == counted[0][0]), None)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """What every report by an outline says: a figure's token stands for its number there."""

    def number(token: re.Match[str]) -> str:
        figure = FIGURES.get(token[1].strip())
        return f"1{figure.unit if figure else ''}"

    words = (_TOKEN.sub(number, words) for words in words_of_outlines())
    return frozenset().union(*(shingles(part) for pattern in words for part in re.split(r"\{[^}]*\}", pattern)))


# -- stored drafts -----------------------------------------------------------------------------------------------------


def _versions(draft: Draft) -> list[Copy]:
    """Newest first."""
    rows = Revision.objects.filter(room="reports", noun="draft", object_id=draft.pk).order_by("-number")
    numbers = list(rows.values_list("number", flat=True)[:MOST_VERSIONS])
    final = rows.filter(reason="定稿", number__lt=numbers[-1] if numbers else 0)
    return _copies({draft.pk: [*numbers, *final.values_list("number", flat=True)[:MOST_VERSIONS]]}).get(draft.pk, [])


def _copies(wanted: Mapping[int, Sequence[int]]) -> dict[int, list[Copy]]:
    """Versions of drafts as they went out, in the order asked. Five queries, however many."""
    every = {number for numbers in wanted.values() for number in numbers}
    rows = Revision.objects.filter(room="reports", noun="draft", object_id__in=wanted, number__in=every)
    made = {(row.object_id, row.number): row for row in rows}
    heads = _texts(row.pk for row in made.values())
    parts = {
        key: [(int(pk), int(number)) for pk, number in kept_body(row).get("passages", [])] for key, row in made.items()
    }
    passages = _passages({one for ones in parts.values() for one in ones})
    found: defaultdict[int, list[Copy]] = defaultdict(list)
    for draft, numbers in wanted.items():
        for row in (made[draft, number] for number in numbers if (draft, number) in made):
            head = heads[row.pk]
            title, byline = head.get("title", ""), head.get("byline", "")
            name = f"《{title}》第{row.number}版（{chinese_date(local_day(row.at))}）"
            lines = [passages.get(one, []) for one in parts[draft, row.number]]
            found[draft].append(copy_of(name, (title, byline), lines, signs=(byline,)))
    return dict(found)


def _passages(wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[Stretch]]:
    """(passage, revision) → its stretches."""
    ids = {pk for pk, _ in wanted}
    rows = Revision.objects.filter(
        room="reports", noun="passage", object_id__in=ids, number__in={number for _, number in wanted}
    )
    made = {(row.object_id, row.number): row for row in rows if (row.object_id, row.number) in wanted}
    texts, keys = _texts(row.pk for row in made.values()), _keys(ids)
    return {
        one: list(_stretches(texts[row.pk].get("text", ""), kept_body(row).get("citations", []), keys, one[0]))
        for one, row in made.items()
    }


def _texts(ids: Iterable[int]) -> defaultdict[int, dict[str, str]]:
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for pk, key, text in RevisionText.objects.filter(revision__in=list(ids)).values_list("revision_id", "key", "text"):
        found[pk][key] = text
    return found


def _keys(passages: Collection[int]) -> dict[tuple[int, str, int, int], int]:
    """(passage, figure, year, which of them) → citation: a token that stays in its passage keeps its citation."""
    found: dict[tuple[int, str, int, int], int] = {}
    seen: Counter[tuple[int, str, int]] = Counter()
    rows = Citation.objects.filter(passage__in=passages).order_by("passage_id", "position")
    for pk, passage, figure, start in rows.values_list("pk", "passage_id", "figure", "period_start"):
        of = (passage, figure, start.year)
        found[*of, seen[of]] = pk
        seen[of] += 1
    return found


def _stretches(
    text: str, citations: list[list[object]], keys: Mapping[tuple[int, str, int, int], int], passage: int
) -> Iterator[Stretch]:
    waiting = list(citations)
    seen: Counter[tuple[int, str, int]] = Counter()
    for piece in pieces(text):
        if isinstance(piece, RecordWords):
            sent = Sent(key_of(told_tag(piece.number, piece.text)), "", piece.text, record=piece.number)
            yield piece.text, sent
        elif isinstance(piece, FigureToken) and waiting and waiting[0][0] == asked(piece)[0]:
            figure, _, start, _, _, shown, value, *_ = waiting.pop(0)
            of = (passage, str(figure), int(str(start)[:4]))
            known = keys.get((*of, seen[of]))
            seen[of] += 1
            key = f"yj-c{known}" if known else f"lost-{passage}-{len(waiting)}"
            yield str(shown), Sent(key, str(figure), str(shown)) if value is not None else None
        else:
            yield str(piece), None


# -- the sheet that is composed and not stored -------------------------------------------------------------------------


def _composed(document: ReadText, unit: Unit) -> Iterator[Copy]:
    """By the outlines whose title stands at its head."""
    head = [squeezed(line) for line in body_of(document).split("\n") if line.strip()][:HEAD]
    as_of = _day(document)
    if as_of is None:
        return
    for outline in OUTLINES.values():
        years = (
            year for year in range(as_of.year, as_of.year - 3, -1) if squeezed(outline.title.format(year=year)) in head
        )
        for year in years:
            try:
                yield report_of(unit, year, as_of=as_of, outline=outline.id).copy
            except Refusal:
                continue  # no branch, or a year that had not begun


def _day(document: ReadText) -> date | None:
    """台账截至 of our own table, else the last day that is written."""
    told = as_of_written(document.text)
    for found in (*([told] if told else []), *reversed(_DAY.findall(body_of(document))[-3:])):
        try:
            return date(*map(int, found))
        except ValueError:
            continue
    return None
