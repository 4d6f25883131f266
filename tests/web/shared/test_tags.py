"""Tags and filters of the house."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import RequestFactory


def drawn(text: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get("/ledger/" + query)
    return str(engines["django"].from_string(text).render({**context, "request": request}))


def test_an_icon_is_inlined_and_hidden_from_readers() -> None:
    svg = drawn('{% icon "check" %}')
    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg
    assert 'stroke-width="1.75"' in svg
    assert "xmlns" not in svg
    assert "height=" not in svg


def test_an_icon_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(Exception, match="no-such-icon"):
        drawn('{% icon "no-such-icon" %}')


def test_crumbs_escape_what_people_typed() -> None:
    path = drawn('{% crumb "台账" "/ledger/" %}{% crumb title %}', title="<b>会</b>")
    assert '<a href="/ledger/">台账</a>' in path
    assert '<span aria-current="page">&lt;b&gt;会&lt;/b&gt;</span>' in path


def test_query_keeps_the_other_filters() -> None:
    text = "{% query page=2 kind=None q='党课' as link %}{{ link|safe }}"
    assert drawn(text, "?kind=a&year=2026") == "?year=2026&page=2&q=%E5%85%9A%E8%AF%BE"
    assert drawn("{% query year=None %}", "?year=2026") == "?"


def test_dates_as_they_are_written() -> None:
    day = date(2026, 11, 6)
    text = "{{ day|zh_date }}，{{ day|zh_day }}，{{ day|zh_weekday }}，{{ day|short_day }}"
    assert drawn(text, day=day) == "2026年11月6日，11月6日，周五，11-06"
    assert drawn("{{ day|zh_date }}{{ day|zh_weekday }}", day=None) == ""


class Small(forms.Form):
    name = forms.CharField(label="姓名", help_text="写全名。")
    note = forms.CharField(label="备注", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="我已核对", required=False)


def test_a_field_ties_label_help_and_fault_to_its_input() -> None:
    page = drawn("{% field form.name %}", form=Small({"name": ""}))
    assert '<label class="label" for="id_name">姓名</label>' in page
    assert 'aria-describedby="id_name-hint id_name-err"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name-err"' in page


def test_what_may_stay_empty_says_so() -> None:
    assert "<small>选填</small>" in drawn("{% field form.note %}", form=Small())
    assert "选填" not in drawn("{% field form.name %}", form=Small())
    assert "选填" not in drawn("{% field form.sure %}", form=Small())
    assert "选填" not in drawn('{% field form.note optional="" %}', form=Small())


def test_choices_stand_in_a_fieldset_with_what_was_chosen() -> None:
    page = drawn("{% field form.kind %}", form=Small({"kind": "b"}))
    assert '<legend class="label">类别</legend>' in page
    assert page.count('class="tile"') == 2
    assert page.index("checked") > page.index('value="b"')


def test_the_summary_takes_several_forms_and_none() -> None:
    one, other = Small({"name": ""}), Small({"name": "甲", "kind": "x"}, prefix="second")
    page = drawn("{% errors one other missing %}", one=one, other=other, missing=None)
    assert 'href="#id_name"' in page
    assert 'href="#id_second-kind_0"' in page
    assert drawn("{% errors form %}", form=Small()).strip() == ""


def test_what_was_typed_is_escaped() -> None:
    page = drawn("{% field form.name %}", form=Small({"name": '"><script>x</script>'}))
    assert "<script>" not in page


class WithFile(forms.Form):
    name = forms.CharField(label="姓名", error_messages={"required": "请写姓名。"})
    file = forms.FileField(label="佐证", required=False)


def test_a_file_that_came_with_a_refused_form_must_be_chosen_again_and_the_page_says_so() -> None:
    file = {"file": SimpleUploadedFile("通报<1>.pdf", b"%PDF-1.7")}
    refused = drawn("{% field form.file %}", form=WithFile({"name": ""}, file))
    assert "“通报&lt;1&gt;.pdf”没有留下，请重新选择文件" in refused
    assert 'aria-describedby="id_file-lost"' in refused and 'id="id_file-lost"' in refused
    for form in (WithFile({"name": "甲"}, file), WithFile({"name": ""}), WithFile()):
        assert "重新选择" not in drawn("{% field form.file %}", form=form)
    assert "重新选择" not in drawn("{% field form.file kept=True %}", form=WithFile({"name": ""}, file))
