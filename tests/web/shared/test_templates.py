"""What no template may hold, since the content security policy would drop it without a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from youju import web

TEMPLATES = sorted(Path(web.__path__[0]).glob("*/templates/**/*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.name))
def test_nothing_inline_and_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text), "a style attribute"
    assert not re.search(r"<style", text), "a style element"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "an inline script"
    assert not re.search(r"\son[a-z]+=\"", text), "an inline handler"
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), "another host"


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.name))
def test_every_form_leaves_validation_to_us(file: Path) -> None:
    """A posted form with fields to fill in has novalidate: the browser's own bubbles are not in our words."""
    for form in re.findall(r"<form\b[^>]*>.*?</form>", file.read_text(encoding="utf-8"), flags=re.S):
        head = form[: form.index(">")]
        if 'method="post"' in head and re.search(r"{% field |<textarea|type=\"(?:text|date|number)\"", form):
            assert "novalidate" in head, head
