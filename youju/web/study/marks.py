"""How deep a topic went, drawn as a disc that fills: told by its shape alone, on paper and without colour too."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from youju.figures.study_map import Depth

_RING = '<circle cx="8" cy="8" r="6.25"/>'
_INSIDE = {
    Depth.NEVER: "",
    Depth.READ: '<path d="M8 8V1.75A6.25 6.25 0 0 1 14.25 8z"/>',
    Depth.DISCUSSED: '<path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z"/>',
    Depth.TESTED: '<path d="M8 8V1.75A6.25 6.25 0 1 1 1.75 8z"/>',
    Depth.APPLIED: '<circle class="in" cx="8" cy="8" r="6.25"/>',
}
DISCS = {
    depth: mark_safe(f'<svg class="depth" viewBox="0 0 16 16" aria-hidden="true">{_RING}{inside}</svg>')
    for depth, inside in _INSIDE.items()
}
UNKNOWN = mark_safe('<svg class="depth" viewBox="0 0 16 16" aria-hidden="true"><path class="bar" d="M4 8h8"/></svg>')
UNKNOWN_ZH = "没有台账"


def disc(depth: Depth, words: str = "") -> SafeString:
    """The disc and, for who does not see it, its words."""
    return format_html('{}<span class="sr">{}</span>', DISCS[depth], words or depth.zh)


def legend(counts: Mapping[Depth, int] | None = None) -> SafeString:
    """What the shapes mean; with ``counts``, how many topics have each."""
    rows = [(DISCS[depth], depth.zh, format_html(" <b>{}</b>", counts[depth]) if counts else "") for depth in Depth]
    rows.append((UNKNOWN, f"那一年{UNKNOWN_ZH}", ""))
    return format_html('<p class="depths">{}</p>', format_html_join("", "<span>{}{}{}</span>", rows))
