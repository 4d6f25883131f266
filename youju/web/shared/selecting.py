"""A select drawn in one pass: Django draws each option by a template of its own, which a filter bar of eight feels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField, Select
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

DRAWN_BY = (
    "template_name",
    "option_template_name",
    "render",
    "get_context",
    "optgroups",
    "create_option",
    "format_value",
)


def is_plain(widget: object) -> bool:
    """Whether a widget is a select of one choice that draws its options as Django does."""
    if not isinstance(widget, Select) or widget.allow_multiple_selected:
        return False
    return all(getattr(type(widget), name) is getattr(Select, name) for name in DRAWN_BY)


def drawn(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    """The same as ``bound.as_widget(attrs)``, of a plain select."""
    widget = bound.field.widget
    attrs = {**widget.attrs, **bound.build_widget_attrs(attrs, widget)}
    if bound.auto_id:
        attrs.setdefault("id", bound.auto_id)
    chosen = set(widget.format_value(bound.value()))
    pieces = [f'<select name="{conditional_escape(bound.html_name)}"{_attributes(attrs)}>']
    for value, label in widget.choices:
        if isinstance(label, list | tuple):
            pieces += [f'<optgroup label="{conditional_escape(value)}">', *_options(label, chosen), "</optgroup>"]
        else:
            pieces += _options(((value, label),), chosen)
    pieces.append("</select>")
    return mark_safe("\n".join(pieces))


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> list[str]:
    """What is chosen is marked once, where it comes first."""
    drawn = []
    for value, label in choices:
        value = "" if value is None else value
        marked = str(value) in chosen
        if marked:
            chosen.clear()
        drawn.append(
            f'<option value="{conditional_escape(value)}"{" selected" if marked else ""}>{conditional_escape(label)}</option>'
        )
    return drawn


def _attributes(attrs: dict[str, Any]) -> str:
    """As Django writes them: what is False is left out, what is True is a bare name."""
    said = []
    for name, value in attrs.items():
        if value is True:
            said.append(f" {conditional_escape(name)}")
        elif value is not False:
            said.append(f' {conditional_escape(name)}="{conditional_escape(value)}"')
    return "".join(said)
