"""Pure reading of what was studied: 《title》part, and how far a reading list has come."""

from __future__ import annotations

import re
from collections.abc import Iterable

from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.records.sources.values import SOURCE_KINDS, Said, SourceDraft

LONGEST, LONGEST_ORIGIN, MOST_PARTS, MOST_SAID = 120, 60, 200, 12
QUOTED = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》\s*[·:：—\-，,]*\s*(?P<part>.*)", re.DOTALL)
DOTTED = re.compile(r"(?P<title>[^·]+?)\s*·\s*(?P<part>.+)")
BETWEEN = re.compile(r"[；;\n]+|(?<=》)、")


def read_said(text: str) -> Said:
    """《党章》总纲 and 党章·总纲 are the same part of the same text. Raises Refusal on ``sources``."""
    text = " ".join(text.split())
    match = QUOTED.fullmatch(text) or DOTTED.fullmatch(text)
    title, part = (match["title"], match["part"]) if match else (text, "")
    return Said(
        needed(title, field="sources", name="学习材料", most=LONGEST),
        worded(part, field="sources", name="学习篇目", most=LONGEST),
    )


def read_all(text: str) -> tuple[Said, ...]:
    """What a cell says: one after the other, each once. Raises Refusal on ``sources``."""
    return checked(read_said(piece) for piece in BETWEEN.split(text) if piece.strip())


def checked(said: Iterable[Said]) -> tuple[Said, ...]:
    """Each once. Raises Refusal on ``sources``."""
    found = tuple(dict.fromkeys(said))
    if len(found) > MOST_SAID:
        raise Refusal("sources", f"一次学习的材料最多写 {MOST_SAID} 份。")
    return found


def say(said: Said) -> str:
    return f"《{said.title}》{said.part}"


def checked_source(draft: SourceDraft) -> SourceDraft:
    """The draft as it is kept. Raises Refusal on the field at fault."""
    if draft.kind not in SOURCE_KINDS:
        raise Refusal("kind", "种类请重新选择。")
    title = read_said(draft.title).title if draft.title.strip() else ""
    parts = tuple(needed(part, field="parts", name="学习篇目", most=LONGEST) for part in draft.parts if part.strip())
    if len(set(parts)) != len(parts):
        raise Refusal("parts", "学习篇目里有一篇写了两次。")
    if len(parts) > MOST_PARTS:
        raise Refusal("parts", f"学习篇目最多写 {MOST_PARTS} 篇。")
    return SourceDraft(
        needed(title, field="title", name="材料名称", most=LONGEST),
        draft.kind,
        draft.issued_on,
        worded(draft.origin, field="origin", name="来源", most=LONGEST_ORIGIN),
        parts,
        draft.document_id,
    )
