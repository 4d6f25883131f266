"""What may be typed: every text has a length, held alike on every database."""

from __future__ import annotations

from youju.kit.refusal import Refusal


def worded(text: str, *, field: str, name: str, most: int | None = None) -> str:
    """The text without spaces around it.

    Raises Refusal on ``field`` when it is longer than ``most`` or holds what no database keeps: one would cut it, one
    would stop with an error, one would keep it silently.
    """
    text = text.strip()
    if most is not None and len(text) > most:
        raise Refusal(field, f"{name}最多 {most} 字，现在 {len(text)} 字。")
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Refusal(field, f"{name}里有不能保存的字符，请重新输入。")
    return text


def needed(text: str, *, field: str, name: str, most: int | None = None) -> str:
    """As ``worded``; nothing at all is refused too."""
    text = worded(text, field=field, name=name, most=most)
    if not text:
        raise Refusal(field, f"请写{name}。")
    return text
