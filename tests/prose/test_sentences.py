"""The reader on sentences of our own, by phenomenon."""

from pathlib import Path

import pytest

from youju.prose.claims import Claim, read

FILE = Path(__file__).with_name("sentences.txt")


def cases() -> list[tuple[str, str, str]]:
    rows, part = [], ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            part = line.strip("# ").split(" ")[0]
        elif line.strip():
            text, _, want = line.partition(" ⇒ ")
            rows.append((part, text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u200b", "\u200b"), want))
    return rows


def shown(claim: Claim) -> str:
    value = f"{claim.value}" if claim.value_max is None else f"{claim.value}~{claim.value_max}"
    parts = [] if claim.class_ == "work" else [claim.class_]
    parts += [f"<{claim.text}>", claim.relation, value, claim.unit, claim.kind]
    if claim.kinds:
        parts.append(f"[{','.join(claim.kinds)}]")
    if claim.owner:
        parts.append(f"@{claim.owner}")
    return " ".join(parts)


@pytest.mark.parametrize(("part", "text", "want"), cases(), ids=lambda value: str(value)[:18])
def test_sentence(part: str, text: str, want: str) -> None:
    claims = [shown(claim) for claim in read(text) if claim.class_ != "none"]
    assert (" ； ".join(claims) or "无") == want


def test_the_table_is_large_and_each_phenomenon_stands_in_it() -> None:
    rows = cases()
    assert len(rows) >= 200
    assert {"numerals", "relations", "rhythms", "lists", "state", "plan", "rule", "none", "sections", "places"} <= {
        p for p, _, _ in rows
    }


@pytest.mark.parametrize(("part", "text", "want"), cases(), ids=lambda value: str(value)[:18])
def test_half_and_full_width_marks_are_equal(part: str, text: str, want: str) -> None:
    half = text.translate(str.maketrans("，；：（）！？", ",;:()!?"))
    assert [(c.start, c.relation, c.value, c.kind, c.class_) for c in read(half)] == [
        (c.start, c.relation, c.value, c.kind, c.class_) for c in read(text)
    ]
