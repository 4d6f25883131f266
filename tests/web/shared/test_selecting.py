"""A select drawn by us says what Django's would say."""

import re

import pytest
from django import forms
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from youju.web.shared.selecting import drawn, is_plain

GROUPED = [("", "全部"), ("会议", [("a", "支委会"), ("b", "党员大会")]), (3, "其他")]


def form_of(choices, *, required=False, initial=None, data=None, **attrs):
    class Asked(forms.Form):
        kind = forms.ChoiceField(choices=choices, required=required, initial=initial, widget=forms.Select(attrs=attrs))

    return Asked(data, prefix="f")


def parts(html):
    """What a browser reads: the tags and the words between them."""
    return [piece.strip() for piece in re.split(r"(<[^>]*>)", html) if piece.strip()]


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("initial", [None, "", "b", 3, "没有这个"])
@pytest.mark.parametrize(
    "attrs",
    [{}, {"id": "own", "class": "wide"}, {"disabled": True, "hidden": False, "data-note": None, "title": '"<&'}],
)
def test_it_says_what_django_says(required, initial, attrs):
    bound = form_of(GROUPED, required=required, initial=initial, **attrs)["kind"]
    given = {"class": "select", "aria-describedby": "x-hint"}
    assert parts(drawn(bound, dict(given))) == parts(bound.as_widget(attrs=dict(given)))


def test_of_two_that_are_the_same_the_first_is_marked():
    bound = form_of([("a", "一"), ("a", "二")], data={"f-kind": "a"})["kind"]
    assert parts(drawn(bound, {})) == parts(bound.as_widget(attrs={}))
    assert drawn(bound, {}).count("selected") == 1


WORDS = st.one_of(st.text(max_size=6), st.integers(), st.none(), st.just(mark_safe("<b>粗</b>")))
CHOICES = st.lists(st.tuples(WORDS, st.text(min_size=1, max_size=6)), max_size=5)


@given(CHOICES, st.text(max_size=6))
def test_whatever_the_choices(choices, chosen):
    bound = form_of(choices, data={"f-kind": chosen})["kind"]
    assert parts(drawn(bound, {})) == parts(bound.as_widget(attrs={}))


class Marked(forms.Select):
    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        option["attrs"]["data-more"] = "1"
        return option


@pytest.mark.parametrize(
    "widget", [Marked, forms.SelectMultiple, forms.NullBooleanSelect, forms.RadioSelect, forms.TextInput]
)
def test_what_draws_itself_otherwise_is_left_to_django(widget):
    assert not is_plain(widget())
    assert is_plain(forms.Select())
