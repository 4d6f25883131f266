from tests.audit.looking import ledger, look, marked, said
from youju.audit.checks.boilerplate import boilerplate
from youju.audit.checks.numbering import numbering
from youju.audit.checks.period import period
from youju.audit.checks.person import person

TITLE = "柳溪镇机关党支部书记2023年度述职报告\n"


def test_numbers_in_order_are_fine():
    text = "一、工作\n（一）学习。一是读书。二是讨论。\n（二）组织。一是开会。\n二、打算\n（一）学习。"
    assert numbering(look(text)) == []


def test_a_run_out_of_order_is_one_finding():
    text = "一、工作\n一是读书。三是讨论。二是抄写。三是测验。"
    assert said(numbering(look(text))) == ["这一组的序号依次是一是、三是、二是、三是，没有按顺序排。"]


def test_a_missing_number_is_out_of_order():
    assert len(numbering(look("一、工作\n三、打算\n"))) == 1


def test_a_new_heading_begins_again():
    assert numbering(look("一、工作\n一是读书。二是讨论。\n二、打算\n一是读书。二是讨论。")) == []


def test_one_level_in_two_styles():
    text = "一、工作\n（一）学习。\n（二）组织。\n二、问题\n（一）少。\n三、打算\n一是学习。二是组织。"
    findings = numbering(look(text))
    assert said(findings) == ["“三、”下面用“一是”编号，别的部分用“（一）”。"]
    assert marked(text, findings) == ["一是"]


def test_a_report_without_i():
    text = TITLE + "支部召开支委会12次。" * 40
    assert said(person(look(text))) == ["全文没有出现“我”，读起来像单位总结。"]


def test_we_and_our_party_are_not_i():
    text = TITLE + "我们坚持我国我党的要求，自我革命。" * 40
    assert "没有出现" in said(person(look(text)))[0]


def test_an_account_of_ones_own():
    assert person(look(TITLE + "我主持召开支委会12次。")) == []


def test_a_summary_of_the_unit_needs_no_i():
    assert person(look("柳溪镇机关党支部2023年工作总结\n支部召开支委会12次。")) == []


def test_a_head_without_a_year():
    text = "党支部书记述职报告\n近年来，支部抓学习。\n2023年以来，开展学习12次。"
    (finding,) = period(look(text))
    assert text[finding.start : finding.end] == "近年来"
    assert finding.message == "开头写“近年来”，正文写“2023年以来”，看不出报告的是哪一年。"


def test_a_head_with_a_year():
    assert period(look(TITLE + "近年来，支部抓学习。")) == []
    assert period(look("党支部书记述职报告\n二〇二三年，支部抓学习。")) == []


def test_sentences_that_name_nothing():
    text = TITLE + "我提高政治站位，压实工作责任，形成良好氛围。" * 15
    (finding,) = boilerplate(look(text))
    assert "15句，其中15句（100%）" in finding.message


def test_sentences_one_could_look_up():
    text = TITLE + "3月，我到青山村走访。我读《宣传工作条例》。" * 10
    assert boilerplate(look(text)) == []


def test_a_short_text_is_left_alone():
    assert boilerplate(look(TITLE + "我提高政治站位，压实工作责任，形成良好氛围。" * 3)) == []


def test_offsets_lie_in_the_text():
    text = TITLE.replace("2023年度", "") + "近年来，" + "支部提高政治站位，压实工作责任。" * 20
    looked = look(text, ledger=ledger())
    for check in (person, period, boilerplate):
        for finding in check(looked):
            assert 0 <= finding.start < finding.end <= len(text)
