from tests.audit.looking import ledger, look, marked, said
from youju.audit.checks.amounts import lump_sum, open_ended, without_number
from youju.audit.checks.conflicts import conflicts


def test_three_kinds_with_one_number_are_a_lump():
    text = "2023年，支部开展固定学习日、主题党日和党员活动日24次。"
    assert marked(text, lump_sum(look(text))) == ["24次"]


def test_a_sum_whose_parts_stand_beside_it_is_none():
    text = "2023年，开展固定学习日3次、主题党日12次，开展固定学习日、主题党日合计15次。"
    assert lump_sum(look(text)) == []


def test_one_of_each_is_no_lump():
    assert lump_sum(look("2023年，召开组织生活会和民主评议党员各1次。")) == []


def test_numbers_with_only_one_bound_are_pointed_at():
    text = "2023年，开展主题党日12次以上，集中学习20余次，召开支委会12次。"
    assert marked(text, open_ended(look(text))) == ["12次以上", "20余次"]


def test_what_no_kind_of_the_ledger_stands_for_wants_its_number_too():
    text = "2023年，开展科技下乡暨“科技大讲堂”活动，召开支委会12次。"
    assert marked(text, without_number(look(text))) == ["科技下乡"]
    assert without_number(look("2023年，开展科技下乡3次，召开支委会12次。")) == []


def test_a_plan_may_be_open():
    assert open_ended(look("三、下步打算\n2024年，计划开展主题党日12次以上。")) == []


def test_what_is_told_without_a_number():
    text = "2023年，我和党员开展谈心谈话，召开支委会12次。"
    side = ledger(held={"heart_talk": ("2023-谈心-01", "2023-谈心-02")})
    (finding,) = without_number(look(text, ledger=side))
    assert finding.message == "写了谈心谈话，没有写次数。"
    assert finding.ledger == "台账2023年有2条。" and finding.records == ("2023-谈心-01", "2023-谈心-02")


def test_a_number_anywhere_is_enough():
    text = "2023年，我开展谈心谈话，全年谈心谈话12次。"
    assert without_number(look(text)) == []


def test_what_did_not_take_place_has_no_number():
    assert without_number(look("2023年，因防汛没有召开组织生活会，召开支委会12次。")) == []


def test_a_plan_needs_no_number():
    assert without_number(look("三、下步打算\n2024年，开展谈心谈话。")) == []


def test_the_same_thing_with_two_numbers():
    text = "2023年，召开支委会12次。\n支委会抓得紧，全年召开支委会10次。"
    assert marked(text, conflicts(look(text))) == ["10次"]


def test_numbers_that_can_both_be_meant():
    assert conflicts(look("2023年，召开支委会12次以上。\n全年召开支委会14次。")) == []


def test_a_month_and_the_year_are_two_questions():
    assert conflicts(look("2023年，召开支委会12次。\n9月，召开支委会2次。")) == []


def test_a_part_that_is_more_than_its_whole():
    text = "2023年，开展主题党日、集中学习等活动12次以上。\n其中开展集中学习25次。"
    (finding,) = conflicts(look(text))
    assert "部分多于合计" in finding.message


def test_findings_say_what_to_do():
    text = "2023年，开展固定学习日、主题党日20余次，开展谈心谈话。"
    looked = look(text)
    for finding in (*lump_sum(looked), *open_ended(looked), *without_number(looked)):
        assert finding.advice and finding.quote
    assert all("合规" not in words for words in said(open_ended(looked)))
