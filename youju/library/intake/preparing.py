"""Bytes → a document ready to be kept: read, cleaned, and asked what it says of itself. The one seam to those who do it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from youju.kit.digests import sha256_hex
from youju.kit.faults import way_to
from youju.kit.refusal import Refusal
from youju.library.cleaning.rules import clean
from youju.library.documents.values import NewDocument, Origin
from youju.library.intake.rules import last_name, storable
from youju.library.intake.values import NotTaken
from youju.library.reading.rules import read_of_itself
from youju.paper.reading import UnreadableFile, read_material
from youju.store.rules import media_type

logger = logging.getLogger(__name__)

NOTHING_LEFT = "清理后没有剩下正文，没有入库。"
TROUBLE = "这份文件读到一半出了错，没有入库；请用 WPS 或 Word 打开，另存为 .docx 再放进来。"
PASTED = "粘贴.txt"  # a title is no name of a file: what stands behind its last dot is no ending
# What readers of text tell themselves; the store would take a page or wide characters for something unknown.
TEXT_TYPES = {"txt": "text/plain", "md": "text/markdown", "html": "text/html"}


@dataclass(frozen=True)
class Prepared:
    """A document, and the type under which the store keeps its bytes."""

    document: NewDocument
    media_type: str


def prepare(data: bytes, path: str, *, origin: Origin, unit_id: int | None, title: str = "") -> Prepared:
    """Raises NotTaken with the sentence for whoever offered the file, whatever is wrong with it."""
    try:
        return _prepared(data, path, origin=origin, unit_id=unit_id, title=title)
    except (UnreadableFile, Refusal) as fault:
        raise NotTaken(fault.sentence) from fault
    except NotTaken:
        raise
    except Exception as fault:  # hostile bytes make readers raise nearly anything; only this file is not taken
        logger.warning("a file was not read: %s", way_to(fault))
        raise NotTaken(TROUBLE) from fault


def _prepared(data: bytes, path: str, *, origin: Origin, unit_id: int | None, title: str) -> Prepared:
    """``title`` is what a person called it; where he did not, the text itself or the name of the file says it."""
    name = PASTED if title else last_name(path)
    read = read_material(data, name)
    raw = storable(read.text)
    cleaned = clean(raw)
    if not cleaned.whole.strip():
        raise NotTaken(NOTHING_LEFT)
    facts = read_of_itself(cleaned.whole, name, cleaned.restricted)
    called = title.strip() or facts.title
    document = NewDocument(
        path=path, digest=sha256_hex(data), raw=raw, whole=cleaned.whole, title=called,
        restricted=cleaned.restricted, sections=facts.sections, removals=cleaned.removals, marks=cleaned.marks,
        genre=facts.genre, year=facts.year, sector=facts.sector, dated=facts.dated, origin=origin, unit_id=unit_id,
    )  # fmt: skip
    return Prepared(document, TEXT_TYPES.get(read.kind) or media_type(data))
