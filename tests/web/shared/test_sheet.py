"""The sheet stays readable to old kernels, and its two dark palettes stay one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from youju.web import shared

SHEET = (Path(shared.__path__[0]) / "static/youju/ui.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S)

FORBIDDEN = {
    "@layer": "Chromium 99",
    "@property": "Chromium 85, but not elsewhere of that age",
    "@container": "Chromium 105",
    "@scope": "Chromium 118",
    "color-mix(": "Chromium 111",
    "light-dark(": "Chromium 123",
    "oklch(": "Chromium 111",
    "subgrid": "Chromium 117",
    "popover": "Chromium 114",
    "anchor(": "Chromium 125",
    ":is(": "Chromium 88",
    ":where(": "Chromium 88",
    "inset:": "Chromium 87",
    "padding-inline:": "Chromium 87",
    "padding-block:": "Chromium 87",
    "margin-inline:": "Chromium 87",
    "margin-block:": "Chromium 87",
    "dvh": "Chromium 108",
    "url(http": "another host",
    "url(//": "another host",
    "url(data:": "the content security policy",
}


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_newer_css(word: str) -> None:
    assert word not in RULES, f"{word} needs {FORBIDDEN[word]}"


def test_no_nesting() -> None:
    """A selector inside a rule: only at-rules may hold braces."""
    depth: list[str] = []
    for opening, closing in re.findall(r"([^{};]*\{)|(\})", RULES):
        if opening:
            inside_rule = bool(depth) and not depth[-1].startswith("@")
            assert not inside_rule, f"nested: {opening.strip()}"
            depth.append(opening.strip())
        elif closing:
            depth.pop()
    assert depth == []


def test_has_is_only_an_enhancement() -> None:
    """Chromium reads :has from 105 on: a rule may use it only to colour, never to show or hide."""
    rules = re.findall(r"([^{}]*:has\([^{]*)\{([^}]*)\}", RULES)
    assert rules
    for selector, body in rules:
        assert "," not in selector, f"an unknown selector drops its whole list: {selector.strip()}"
        assert not re.search(r"display|visibility|position|content", body), body


def test_the_two_dark_palettes_are_equal() -> None:
    chosen = re.search(r':root\[data-theme="dark"\] \{([^}]*)\}', RULES)
    system = re.search(r":root:not\(\[data-theme\]\) \{([^}]*)\}", RULES)
    assert chosen and system
    assert chosen[1].split() == system[1].split()


def test_dark_names_every_colour_of_light() -> None:
    light = re.search(r":root \{([^}]*)\}", RULES)
    dark = re.search(r':root\[data-theme="dark"\] \{([^}]*)\}', RULES)
    assert light and dark
    colours = {
        name
        for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", light[1])
        if value.startswith(("#", "0 1px 2px rgba"))
    }
    assert colours == set(re.findall(r"(--[\w-]+):", dark[1]))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [r":root \{([^}]*)\}", r':root\[data-theme="dark"\] \{([^}]*)\}'])
def test_contrast_of_the_tokens(theme: str) -> None:
    """Text 4.5:1 on every ground it stands on, control lines 3:1."""
    found = re.search(theme, RULES)
    assert found
    token = dict(re.findall(r"--([\w-]+):\s*(#\w{6});", found[1]))
    for ink in ("ink-1", "ink-2", "ink-3", "dai"):
        for ground in ("paper", "surface", "surface-2", "sunken"):
            assert contrast(token[ink], token[ground]) >= 4.5, (ink, ground)
    for ink, ground in (("zhu", "zhu-soft"), ("amber", "amber-soft"), ("green", "green-soft"), ("dai", "dai-soft")):
        assert contrast(token[ink], token[ground]) >= 4.5, (ink, ground)
    assert contrast(token["on-dai"], token["dai"]) >= 4.5
    assert contrast(token["ctl-line"], token["surface"]) >= 3
