import pytest

from youju.kit.datafile import DataFault
from youju.reports.outline import LAST_YEAR, OUTLINES, read_outline

GOOD = """id: small
zh: 小提纲
title: "{year}年度述职报告"
length: [100, 200]
opening:
  sentences:
    - say: ["带领支部〔=党员人数〕党员。"]
sections:
  - heading: 履职情况
    share: 成绩
    paragraphs:
      - sentences:
          - say: ["召开支委会〔=支委会次数〕。"]
            needs: [支委会次数]
          - say: ["上年查摆问题〔=查摆问题数@上年〕，今年上党课〔=党课次数〕。"]
            needs: [查摆问题数]
            unless: [主题党日次数]
"""


def outline(tmp_path, text):
    file = tmp_path / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return read_outline(file)


def test_the_outline_of_the_house_is_read():
    assert [section.heading for section in OUTLINES["grassroots"].sections] == [
        "上年问题整改情况",
        "履职情况",
        "存在问题",
        "下步打算",
    ]


def test_a_small_outline_is_read(tmp_path):
    assert outline(tmp_path, GOOD).id == "small"


def test_no_paragraph_goes_on_from_last_year_s_numbers_to_this_year_s():
    """Where nothing between them names the year, 上年 still holds: 上年查摆问题1个。开展主题党日10次."""
    for outline in OUTLINES.values():
        parts = [part for section in outline.sections for part in (section, *section.parts)]
        for paragraph in (paragraph for part in parts for paragraph in part.paragraphs):
            last, after = False, []
            for sentence in paragraph.sentences:
                after += [name for name in sentence.cited if last and not name.endswith(LAST_YEAR)]
                last = last or any(name.endswith(LAST_YEAR) for name in sentence.cited)
            assert not after, (outline.id, after)


def test_of_which_year_each_figure_is_asked(tmp_path):
    small = outline(tmp_path, GOOD)
    assert small.figures == {"党员人数", "支委会次数", "党课次数", "主题党日次数"}
    assert small.figures_of_last_year == {"查摆问题数"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "〔=支委会次数〕",
            "〔=支委会回数〕",
            "small.yaml 第13行 键 sections.0.paragraphs.0.sentences.0：没有“支委会回数”这个指标。",
        ),
        (
            "needs:",
            "kneads:",
            "small.yaml 第14行 键 sections.0.paragraphs.0.sentences.0.kneads：没有这个键，请检查是不是写错了。",
        ),
        ("share: 成绩", "share: 功劳", "small.yaml 第10行 键 sections.0.share：这里只能从规定的几个词里选。"),
        ("length: [100, 200]", "length: many", "small.yaml 第4行 键 length：这里要写一个列表。"),
    ],
)
def test_a_fault_names_file_line_and_key(tmp_path, before, after, said):
    with pytest.raises(DataFault) as fault:
        outline(tmp_path, GOOD.replace(before, after))
    assert str(fault.value) == said
