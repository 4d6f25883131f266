"""Is every document as it was written down? For `youju verify`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, Max, OuterRef

from youju.kit.digests import sha256_hex
from youju.library.documents.models import Copy, Document, Mark, Removal, Serial, Text
from youju.library.documents.values import Span
from youju.library.handed.models import HandedText
from youju.store.queries import path_of

AT_ONCE = 200


def torn() -> Iterator[str]:
    """One sentence for each fault; reads every text."""
    yield from _without_parts()
    for text in Text.objects.select_related("document").order_by("pk").iterator(chunk_size=AT_ONCE):
        yield from (f"素材 {text.pk} {fault}" for fault in _faults(text))
    yield from _out_of_bounds()
    yield from _without_originals()
    last = Serial.objects.values_list("last", flat=True).first() or 0
    changed = max(rows.aggregate(most=Max("changed"))["most"] or 0 for rows in (Document.objects, HandedText.objects))
    if changed > last:
        yield f"变更序号 {last} 小于最大的一次变更 {changed}，检索和查重会漏掉改动。"


def _faults(text: Text) -> Iterator[str]:
    document = text.document
    if sha256_hex(text.whole.encode()) != document.digest:
        yield "的正文与登记的摘要不符。"
    if len(text.whole) != document.characters:
        yield f"登记 {document.characters} 字，正文是 {len(text.whole)} 字。"
    if not _within(text.spans, len(text.whole)):
        yield "的受限段超出正文。"
    if bool(text.restricted) is not document.has_restricted:
        yield "是否有受限段，登记的和正文的不一致。"
    if not _within((Span(one.start, one.end) for one in text.section_tree), len(text.whole)):
        yield "的章节超出正文。"


def _within(spans: Iterable[Span], length: int) -> bool:
    return all(0 <= span.start < span.end <= length for span in spans)


def _without_parts() -> Iterator[str]:
    for rows, what in ((Text.objects, "正文"), (Copy.objects, "来处")):
        there = rows.filter(document=OuterRef("pk"))
        for pk in Document.objects.filter(~Exists(there)).order_by("pk").values_list("pk", flat=True):
            yield f"素材 {pk} 没有{what}。"


def _out_of_bounds() -> Iterator[str]:
    """Removals count in the raw text, marks in the whole one."""
    for rows, field, what in ((Removal.objects, "raw", "清除"), (Mark.objects, "whole", "标注")):
        ends = rows.values_list("document").annotate(last=Max("end")).order_by("document")
        lengths = dict(_lengths(field, [pk for pk, _ in ends]))
        yield from (f"素材 {pk} 的{what}超出文本。" for pk, last in ends if last > lengths.get(pk, 0))


def _lengths(field: str, ids: list[int]) -> Iterator[tuple[int, int]]:
    """How long these texts are, as this program counts: a database may count otherwise."""
    for first in range(0, len(ids), AT_ONCE):
        rows = Text.objects.filter(pk__in=ids[first : first + AT_ONCE])
        yield from ((pk, len(text)) for pk, text in rows.values_list("pk", field))


def _without_originals() -> Iterator[str]:
    """What was erased by rule is not missing, and what was typed in never had a file."""
    rows = Copy.objects.filter(file__erased_at__isnull=True).exclude(file=None).order_by("document_id", "pk")
    for document, path, digest in rows.values_list("document_id", "path", "file__sha256").iterator(chunk_size=2000):
        if not path_of(digest).is_file():
            yield f"素材 {document} 的原件“{path}”不在文件库里。"
