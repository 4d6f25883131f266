"""Tags of the house: icons, crumbs, form fields, the error summary, Chinese dates, links that keep the query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileField,
    Form,
    RadioSelect,
    Select,
    Textarea,
)
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from youju.people.units.models import Unit
from youju.web.shared.selecting import drawn, is_plain

register = template.Library()

WEEKDAYS = "一二三四五六日"


@lru_cache(maxsize=256)
def _icon(name: str, extra: str) -> SafeString:
    classes = f"ic {extra}".strip()
    # No width or height: the sheet sizes icons with the text.
    svg = lucide(name, size=None, **{"class": classes, "aria-hidden": "true", "stroke-width": "1.75"})
    return mark_safe(svg.replace(' width="24"', "", 1).replace(' height="24"', "", 1))


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A Lucide icon, inlined. Always beside a text or inside something with an aria-label."""
    return _icon(name, extra)


@register.simple_tag
def crumb(text: str, url: str = "") -> SafeString:
    """One step of the path above a page: with an address a link and a chevron, without one the place we are at."""
    if url:
        return format_html('<a href="{}">{}</a>{}', url, text, _icon("chevron-right", ""))
    return format_html('<span aria-current="page">{}</span>', text)


def _css(bound: BoundField) -> str:
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return own
    if isinstance(widget, Textarea):
        return f"area {own}".strip()
    if isinstance(widget, Select):
        return f"select {own}".strip()
    return f"input {own}".strip()


def _shape(bound: BoundField) -> str:
    """Which partial draws this field. Choices drawn one by one need a fieldset, a lone box needs its label after it."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "tiles"
    return "check" if isinstance(widget, CheckboxInput) else "field"


@register.simple_tag
def field(
    bound: BoundField, label: str = "", help: str = "", css: str = "", optional: str = "选填", kept: bool = False
) -> SafeString:
    """A form field with label, help, its error beside it and what was typed kept.

    ``css`` is added to the outer element; a field that is not required says so (``optional=""`` hides that). Of a file
    that came with a form which was refused it is said that it must be chosen again, unless it was ``kept``.
    """
    hint = help or str(bound.help_text or "")
    target = bound.id_for_label or str(bound.auto_id)
    lost = "" if kept else _lost_file(bound)
    described = [f"{target}-{part}" for part, on in (("hint", hint), ("err", bound.errors), ("lost", lost)) if on]
    attrs: dict[str, Any] = {"class": _css(bound)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(bound.field.widget, Textarea) and bound.field.widget.attrs.get("rows") == "10":
        attrs["rows"] = "4"  # Django's own ten rows push the rest of the form off the window
    shape = _shape(bound)
    context = {
        "bound": bound,
        "id": target,
        "label": label or bound.label,
        "hint": hint,
        "lost": lost,
        "css": css,
        "optional": "" if bound.field.required or shape == "check" else optional,
        "control": _control(bound, attrs) if shape != "tiles" else "",
        "described": " ".join(described),
    }
    return mark_safe(render_to_string(f"shared/forms/{shape}.html", context))


def _control(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    return drawn(bound, attrs) if is_plain(bound.field.widget) else bound.as_widget(attrs=attrs)


def _lost_file(bound: BoundField) -> str:
    """The name of a file that was sent with a form that comes back: no browser lets a page choose it once more."""
    if not isinstance(bound.field, FileField) or not bound.form.is_bound or not bound.form.errors:
        return ""
    return str(getattr(bound.data, "name", "") or "")


@register.inclusion_tag("shared/forms/errors.html")
def errors(*forms: Form | None) -> dict[str, Any]:
    """The summary on top of a form that came back, each sentence a link to its field. Takes several forms."""
    rows: list[dict[str, str]] = []
    for form in forms:
        if form is None:
            continue
        for name, sentences in form.errors.items():
            bound = form[name] if name != "__all__" and name in form.fields else None
            target = _first_control(bound) if bound is not None else ""
            rows += [{"target": target, "sentence": str(sentence)} for sentence in sentences]
    return {"rows": rows}


def _first_control(bound: BoundField) -> str:
    if _shape(bound) == "tiles":
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """The page's own query with some values changed; None or "" takes one out. Filters live in the address."""
    request: HttpRequest = context["request"]
    values = request.GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            values.pop(name, None)
        else:
            values[name] = str(value)
    encoded = values.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True)
def form_address(context: Mapping[str, Any], unit: Unit) -> str:
    """Where a form of this page goes: back to it, and to this unit whatever another window was opened at meanwhile."""
    request: HttpRequest = context["request"]
    values = request.GET.copy()
    if not values.get("unit"):
        values["unit"] = str(unit.pk)
    return f"{request.path}?{values.urlencode()}"


@register.filter
def zh_date(day: date | None) -> str:
    """2026年11月6日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.filter
def zh_day(day: date | None) -> str:
    """11月6日."""
    return f"{day.month}月{day.day}日" if day else ""


@register.filter
def zh_weekday(day: date | None) -> str:
    """周五."""
    return f"周{WEEKDAYS[day.weekday()]}" if day else ""


@register.filter
def short_day(day: date | None) -> str:
    """11-06, for narrow columns only."""
    return f"{day.month:02d}-{day.day:02d}" if day else ""


@register.filter
def last_character(name: str) -> str:
    """The character that stands in a person's round mark: the last of the name."""
    return name[-1:] if name else "·"
