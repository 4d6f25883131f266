"""A document that went out and comes back: which of its figures and told words still stand as they were sent.

Content controls (``w:tag``) that survived say it at once; where they are lost, the place is found by reading
(``realign``). Pure: a read document and what was sent in, sentences out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from youju.kit.digests import sha256_hex
from youju.paper.reading import ReadText
from youju.prose.claims import Claim, read
from youju.reports.appendix import without_appendix
from youju.reports.realign import Packed, Place, realigned, same_amount
from youju.reports.sent import COUNTED, Sent

MOST_TAG = 64  # characters of a tag that Word keeps
_FIGURE_TAG = re.compile(r"yj(?P<place>\d+)-(?P<year>\d{4})-(?P<figure>[^-]*)-(?P<shown>[^-]*)-(?P<proof>[0-9a-f]+)\Z")
_DRAFT_TAG = re.compile(r"yj-c\d+-[0-9a-f]+\Z")
_TOLD_TAG = re.compile(r"yjr-(?P<number>.+)-(?P<proof>[0-9a-f]{12})\Z")
_PROOF = 12


class How(StrEnum):
    """How a citation came back."""

    SAME = "没有改"
    REWORDED = "写法改了"
    CHANGED = "改过"
    GONE = "没有了"
    NEW = "新写的"


@dataclass(frozen=True)
class Returned:
    """One figure, or words told from a record, as it came back. ``start`` is -1 where it stands nowhere."""

    how: How
    figure: str
    was: str
    now: str
    start: int = -1
    end: int = -1
    record: str = ""
    tagged: bool = False

    @property
    def sentence(self) -> str:
        if self.record:
            if self.how is How.SAME:
                return f"引自记录{self.record}，没有改。"
            if self.how is How.GONE:
                return f"引自记录{self.record}的话，稿子里没有原样写着了。"
            return f"引自记录{self.record}的话改过了，不再当作记录里的原话。"
        said = {
            How.SAME: f"{self.figure}：{self.was}，没有改。",
            How.REWORDED: f"{self.figure}：{self.was}写成了{self.now}，数没有变。",
            How.CHANGED: f"{self.figure}：导出时是{self.was}，稿子里改成了{self.now}。",
            How.GONE: f"{self.figure}：导出时写了{self.was}，稿子里没有了。",
            How.NEW: f"新写的数字“{self.now}”，导出时没有。",
        }
        return said[self.how]


# -- tags --------------------------------------------------------------------------------------------------------------


def figure_tag(place: int, year: int, figure: str, shown: str, proof: str) -> str:
    """A figure's tag: it says by itself what was sent, though the ledger may have moved since."""
    return f"yj{place}-{year}-{_safe(figure)[:24]}-{_safe(shown)[:14]}-{proof[:_PROOF]}"


def told_tag(number: str, text: str) -> str:
    """The tag of words taken from a record. The proof is of the words, so that changed ones are not taken for them."""
    return f"yjr-{number[: MOST_TAG - _PROOF - 5]}-{_words_proof(text)}"


def _safe(text: str) -> str:
    return text.replace("-", "－")


def _words_proof(text: str) -> str:
    return sha256_hex("".join(text.split()).encode())[:_PROOF]


def key_of(tag: str) -> str:
    """What names the citation: all but what was shown and the proof, which follow the ledger."""
    itself = _FIGURE_TAG.match(tag)
    return f"yj{itself['place']}-{itself['year']}-{itself['figure']}" if itself else tag.rpartition("-")[0]


# -- what came back ----------------------------------------------------------------------------------------------------


def body_of(document: ReadText) -> str:
    """The text without 附：数据出处表, which is ours and says nothing new."""
    return without_appendix(document.text)


def record_words(document: ReadText, sent: Iterable[Sent] = ()) -> tuple[Place, ...]:
    """Places whose words are a record's own, unchanged: a number in them is quoted from the record and claims nothing."""
    found = [*_told(document), *_told_without_tags(document, sent)]
    return tuple((back.start, back.end) for back in found if back.how is How.SAME)


def has_tags(document: ReadText) -> bool:
    """Whether it is one of our own that came back with its tags."""
    ours = (_FIGURE_TAG, _TOLD_TAG, _DRAFT_TAG)
    return any(tag.match(span.tag) for span in document.tags for tag in ours)


def figure_tags(document: ReadText) -> bool:
    """Whether it came of a composed report, whose tags say by themselves what was sent."""
    return any(_FIGURE_TAG.match(span.tag) for span in document.tags)


def returned_citations(document: ReadText, sent: Iterable[Sent] = ()) -> tuple[Returned, ...]:
    """Every figure that was sent, every one that stands tagged in the text, words told from records, and new numbers.

    In the order of the text; what is gone stands at the end. Tags first; what lost its tag is found by reading. Without
    ``sent`` the tags speak for themselves: what was cut out together with its tag, and what is new, cannot be known then.
    """
    everything = list(sent)
    sent = [citation for citation in everything if not citation.record]
    tagged = list(_tagged(document, {citation.key: citation for citation in sent if not citation.typed}))
    told = [*_told(document), *_told_without_tags(document, everything)]
    if not everything:
        return _in_order([*(back for _, back in tagged), *told]) if tagged else ()
    met = {key for key, _ in tagged}
    taken = [(back.start, back.end) for back in (*(back for _, back in tagged), *told) if back.start >= 0]
    missing = [citation for citation in sent if citation.typed or citation.key not in met]
    body = body_of(document)
    claims = read(body)
    places = realigned(body, missing, claims, taken)
    as_read = [_as_read(citation, body, place) for citation, place in zip(missing, places, strict=True)]
    # A typed number that stands as it stood is nobody's news.
    known = [back for back, one in zip(as_read, missing, strict=True) if not (one.typed and back.how is How.SAME)]
    taken += [place for place in places if place]
    fresh = [
        Returned(How.NEW, "", "", claim.text, claim.start, claim.end)
        for claim in claims
        if claim.class_ in COUNTED and not _within(claim, taken)
    ]
    return _in_order([*(back for _, back in tagged), *told, *known, *fresh])


def _in_order(found: Iterable[Returned]) -> tuple[Returned, ...]:
    return tuple(sorted(found, key=lambda back: (back.start < 0, back.start)))


def _tagged(document: ReadText, known: dict[str, Sent]) -> Iterator[tuple[str, Returned]]:
    for span in document.tags:
        now, key, itself = document.text[span.start : span.end], key_of(span.tag), _FIGURE_TAG.match(span.tag)
        citation = known.get(key)
        if citation is None and itself is None:
            continue  # somebody else's control
        if not now.strip():
            continue  # an emptied control: what stood in it is gone, or stands beside it
        figure = citation.figure if citation else itself["figure"] if itself else ""
        # What the tag says went out with it; a report composed anew may say something else by now.
        was = itself["shown"] if itself else citation.text if citation else ""
        how = How.SAME if itself and _safe("".join(now.split()))[:14] == was else _how(was, now)
        yield key, Returned(how, figure, was, now, span.start, span.end, tagged=True)


def _how(was: str, now: str) -> How:
    if "".join(was.split()) == "".join(now.split()):
        return How.SAME
    return How.REWORDED if same_amount(was, now) else How.CHANGED


def _told(document: ReadText) -> Iterator[Returned]:
    for span in document.tags:
        tag = _TOLD_TAG.match(span.tag)
        if tag:
            now = document.text[span.start : span.end]
            how = How.SAME if _words_proof(now) == tag["proof"] else How.CHANGED
            yield Returned(how, "", "", now, span.start, span.end, record=tag["number"], tagged=True)


def _told_without_tags(document: ReadText, sent: Iterable[Sent]) -> Iterator[Returned]:
    """Words of records whose tags are lost: they stand in the text as they were sent, or no longer do."""
    words = [one for one in sent if one.record]
    if not words:
        return
    packed = Packed(document.text)
    tagged = {(back.start, back.end) for back in _told(document)}
    # By number: a changed one is told of already, where its tag is left.
    changed = Counter(back.record for back in _told(document) if back.how is How.CHANGED)
    used: Counter[str] = Counter()
    for one in words:
        places = list(packed.places(one.text))
        place = next(iter(places[used[one.text] : used[one.text] + 1]), None)
        used[one.text] += 1
        if place and not any(place[0] < b and a < place[1] for a, b in tagged):
            yield Returned(How.SAME, "", "", one.text, *place, record=one.record)
        elif not place and changed[one.record]:
            changed[one.record] -= 1
        elif not place:
            yield Returned(How.GONE, "", one.text, "", record=one.record)


def _within(claim: Claim, spans: Iterable[Place]) -> bool:
    return any(claim.start < end and start < claim.end for start, end in spans)


def _as_read(citation: Sent, body: str, place: Place | None) -> Returned:
    if place is None:
        return Returned(How.GONE, citation.figure, citation.text, "")
    now = body[place[0] : place[1]]
    return Returned(_how(citation.text, now), citation.figure, citation.text, now, *place)
