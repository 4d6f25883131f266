"""What may be typed: every text has a length, held alike on every database."""

from __future__ import annotations

import re
import unicodedata

from youju.kit.refusal import Refusal

#: What some database, XML (so every Excel and Word file) or reader cannot bear: control characters but tab and line
#: end, half characters, and marks that turn the text behind them around, so that a title reads otherwise than it is.
UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


def worded(text: str, *, field: str, name: str, most: int | None = None) -> str:
    """The text without spaces around it.

    Raises Refusal on ``field`` when it is longer than ``most`` or holds what no database keeps: one would cut it, one
    would stop with an error, one would keep it silently.
    """
    text = text.strip()
    if most is not None and len(text) > most:
        raise Refusal(field, f"{name}最多 {most} 字，现在 {len(text)} 字。")
    if UNKEEPABLE.search(text):
        raise Refusal(field, f"{name}里有看不见、不能保存的字符（多半是从别处粘贴来的），请重新输入。")
    return text


def needed(text: str, *, field: str, name: str, most: int | None = None) -> str:
    """As ``worded``; nothing at all, or nothing that can be seen, is refused too."""
    text = worded(text, field=field, name=name, most=most)
    if all(unicodedata.category(sign) in UNSEEN for sign in text):
        raise Refusal(field, f"请写{name}。")
    return text
