import pytest

from youju.kit.datafile import DataFault
from youju.reports.outline import OUTLINES, read_outline

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
