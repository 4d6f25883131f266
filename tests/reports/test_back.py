"""A report goes out as docx, is written on elsewhere, and comes back."""

import io
import re
import zipfile
from datetime import date

import pytest
from lxml import etree

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.paper.reading import ReadText, read_bytes
from youju.reports.back import How, has_tags, key_of, record_words, returned_citations, told_tag
from youju.reports.docx import as_docx
from youju.reports.queries import report_of
from youju.reports.sent import Sent

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 31)
STORY = "为老人解决困难3个。"


@pytest.fixture
def branch():
    branch = standing_cast().branch
    for month in range(1, 13):
        make.activity(branch, "committee_meeting", date(2026, month, 5))
    make.activity(branch, "visit", date(2026, 6, 3), title="走访老社员", outcome=STORY)
    make.activity(branch, "research", date(2026, 6, 4), title="农资调研")
    return branch


def report(branch):
    return report_of(branch, 2026, as_of=TODAY)


def edited(data, before, after):
    """The docx with the words of its body changed, as an editor leaves them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                text = part.decode()
                assert before in text
                part = text.replace(before, after, 1).encode()
            new.writestr(name, part)
    return out.getvalue()


def back(branch, data, name="稿.docx"):
    return returned_citations(read_bytes(data, name), report(branch).sent)


def said(found):
    return [one.sentence for one in found if one.how is not How.SAME]


def test_unchanged_everything_is_the_same(branch):
    found = back(branch, as_docx(report(branch)))
    assert said(found) == []
    assert {one.figure for one in found if not one.record} == {"党员人数", "支委会次数", "走访次数", "调研次数"}


def test_a_changed_figure_is_shown_with_both_sides(branch):
    data = edited(as_docx(report(branch)), ">12次<", ">14次<")
    assert said(back(branch, data)) == ["支委会次数：导出时是12次，稿子里改成了14次。"]


def test_the_tags_speak_for_themselves_though_the_ledger_moved(branch):
    data = as_docx(report(branch))
    make.activity(branch, "committee_meeting", date(2026, 12, 20))
    assert said(back(branch, data)) == []
    assert said(returned_citations(read_bytes(edited(data, ">12次<", ">13次<"), "稿.docx"))) == [
        "支委会次数：导出时是12次，稿子里改成了13次。"
    ]


def test_without_tags_it_is_read(branch):
    data = as_docx(report(branch))
    text = read_bytes(data, "稿.docx").text.replace("支委会12次", "支委会14次").encode()
    assert said(back(branch, text, "稿.txt")) == ["支委会次数：导出时是12次，稿子里改成了14次。"]


def test_what_was_cut_out_is_gone_and_what_was_added_is_new(branch):
    data = as_docx(report(branch))
    text = read_bytes(data, "稿.docx").text.split("附：数据出处表")[0]
    text = re.sub("我把支部建设[^。]*。", "全年召开党员大会5次。", text)
    assert said(back(branch, text.encode(), "稿.txt")) == [
        "新写的数字“5次”，导出时没有。",
        "支委会次数：导出时写了12次，稿子里没有了。",
    ]


def test_words_of_a_record_are_known_as_such_until_they_are_changed(branch):
    data = as_docx(report(branch))
    document = read_bytes(data, "稿.docx")
    words = [document.text[start:end] for start, end in record_words(document)]
    assert any(STORY.rstrip("。") in word for word in words)
    changed = read_bytes(edited(data, "困难3个", "困难8个"), "稿.docx")
    assert [one.sentence for one in returned_citations(changed) if one.how is How.CHANGED] == [
        "引自记录2026-走访-01的话改过了，不再当作记录里的原话。"
    ]


def test_a_number_told_by_a_record_is_no_claim_of_a_figure(branch):
    data = as_docx(report(branch))
    document, changed = (read_bytes(x, "稿.docx") for x in (data, edited(data, "困难3个", "困难8个")))

    def claimed(read):
        audit = audit_text(read.text, unit=branch, today=TODAY, told=record_words(read))
        return [judged.said for judged in audit.judged]

    assert "3个" not in claimed(document)
    assert "8个" in claimed(changed)


def test_a_text_of_other_people_says_nothing():
    assert returned_citations(ReadText("召开支委会12次。", "txt")) == ()
    assert not has_tags(ReadText("召开支委会12次。", "txt"))


def test_a_draft_s_own_ids_are_matched_by_what_was_sent():
    document = read_bytes(as_docx_of("14次", "yj-c7-0123456789abcdef"), "稿.docx")
    [one] = returned_citations(document, [Sent("yj-c7", "支委会次数", "12次")])
    assert one.sentence == "支委会次数：导出时是12次，稿子里改成了14次。"


def as_docx_of(words, tag):
    from youju.paper import writing

    line = writing.Paragraph(("召开支委会", writing.Cited(words, tag), "。"))
    return writing.write_docx(writing.Paper(title="述职报告", blocks=(line,)))


def test_tags_are_short_enough_for_word():
    assert len(told_tag("2026-" + "很长的编号" * 20, "话")) <= 64
    assert key_of("yj-c7-0123456789abcdef") == "yj-c7"
    assert key_of("yj3-2026-支委会次数-12次-0123456789ab") == "yj3-2026-支委会次数"


def test_every_run_names_its_east_asian_font_quotes_and_dashes_included(branch):
    make.activity(branch, "theme_day", date(2026, 5, 8), title="青年——“同心”行动…", outcome="“样板”推开——见效")
    with zipfile.ZipFile(io.BytesIO(as_docx(report(branch)))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    runs = list(root.iter(f"{w}r"))
    assert any("——" in (node.text or "") for run in runs for node in run.iter(f"{w}t"))
    for run in runs:
        fonts = run.find(f"{w}rPr/{w}rFonts")
        assert fonts is not None
        assert fonts.get(f"{w}eastAsia") in {"仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"}
        assert fonts.get(f"{w}hint") == "eastAsia"
