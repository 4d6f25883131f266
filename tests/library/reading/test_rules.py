"""What a text says of itself: title, genre, year, date, sector, sections, counts."""

import time
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.kit.datafile import DataFault
from youju.library.cleaning.rules import clean
from youju.library.reading.rules import read_of_itself
from youju.library.reading.values import Facts
from youju.library.reading.words import GENRES, SECTORS, read_words
from youju.paper.reading import read_material

SHARED = Path(__file__).resolve().parents[4] / "shared"
LAWS = SHARED / "corpus" / "laws.zip"
SEEDS = SHARED / "seeds"

BODY = "支部围绕中心工作抓党建，做了几件事，请同志们监督。"


def facts(text: str, name: str = "新建文本文档.txt") -> Facts:
    return read_of_itself(text, name)


# --- title ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("青松社区党支部述职报告", "青松社区党支部述职报告"),
        ("\n\n　　青松社区党支部述职报告　", "青松社区党支部述职报告"),
        ("述 职 报 告", "述职报告"),
        ("青松社区党支部书记2023年度\n抓基层党建工作述职报告", "青松社区党支部书记2023年度抓基层党建工作述职报告"),
        ("青松社区党支部\n2023年工作总结\n（2023年12月20日）", "青松社区党支部2023年工作总结"),
        ("以高质量党建引领发展\n——青松社区党支部2023年工作总结", "以高质量党建引领发展——青松社区党支部2023年工作总结"),
        ("附件1\n青松街道工作方案", "青松街道工作方案"),
        ("青松党发〔2023〕12号\n关于开展主题党日的通知", "关于开展主题党日的通知"),
        ("在青松街道党建工作会议上的讲话\n甲乙丙\n（2023年3月1日）", "在青松街道党建工作会议上的讲话"),
        ("青松街道党建工作\n经验交流", "青松街道党建工作"),
    ],
)
def test_the_first_real_line_is_the_title(head: str, title: str) -> None:
    assert facts(f"{head}\n{BODY}").title == title


@pytest.mark.parametrize("head", ["各位领导、同志们：", "一、主要做法", "2023年，支部围绕中心工作抓党建。", BODY])
def test_a_text_without_a_title_is_called_as_its_file(head: str) -> None:
    assert facts(f"{head}\n{BODY}", "材料/0001.青松社区述职报告(1).docx").title == "青松社区述职报告"
    assert facts(f"{head}\n{BODY}", "C:\\材料\\青松社区2023.12总结 - 副本.txt").title == "青松社区2023.12总结"


def test_a_text_of_nothing_else_is_called_as_it_begins() -> None:
    assert facts("各位领导、同志们：\n" + BODY, "0422dc5a.txt").title == "各位领导、同志们："
    assert facts("", "a.txt").title == "a"


# --- genre ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("青松社区党支部书记抓基层党建工作述职报告", "duty_report"),
        ("2023年度工作总结", "summary"),
        ("2023年工作总结和2024年工作计划", "summary"),
        ("2023年工作总结暨2024年工作打算", "summary"),
        ("2024年工作要点", "plan"),
        ("在青松街道党建工作会议上的讲话", "speech"),
        ("学习党的二十大精神心得体会", "reflection"),
        ("青松社区“三会一课”制度", "rule"),
        ("青松社区党费收缴管理办法（试行）", "rule"),
        ("“七一”专题党课讲稿", "party_lecture"),
        ("主题党日活动实施方案", "scheme"),
        ("党建工作情况汇报", "report"),
        ("关于乡村振兴的调研报告", "research"),
        ("党员大会主持词", "chairing"),
        ("在专题研讨会上的发言", "remarks"),
        ("关于召开工作总结报告会的通知", "notice"),
        ("组织生活会个人对照检查材料", "review"),
        ("优秀党务工作者先进事迹材料", "deeds"),
        ("支部委员会会议纪要", "minutes"),
        ("青松省物业管理条例", "law"),
        ("中华人民共和国青松法", "law"),
        ("青松省实施《中华人民共和国青松法》办法", "law"),
        ("青松市人民代表大会常务委员会关于种树的决定", "law"),
        ("青松事故报告和调查处理条例", "law"),
        ("党员教育的好办法", "rule"),
        ("青松的秋天", "other"),
    ],
)
def test_the_title_tells_the_genre(title: str, genre: str) -> None:
    assert facts(f"{title}\n{BODY}").genre == genre


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("现将一年来的工作述职如下。", "duty_report"),
        ("现将2023年工作总结如下：", "summary"),
        ("现将有关事项通知如下：", "notice"),
        ("下面，请甲同志讲话。", "chairing"),
        ("今天我给大家上一堂党课。", "party_lecture"),
        ("借此机会，我讲几点意见。", "speech"),
        ("现将有关情况汇报如下：", "report"),
        ("天气晴。", "other"),
    ],
)
def test_without_a_title_the_text_tells_it(text: str, genre: str) -> None:
    assert facts(f"同志们：\n{text}", "a1.txt").genre == genre


def test_rules_that_an_assembly_issued_are_laws() -> None:
    issued = "（2020年5月1日青松市第十届人民代表大会常务委员会第三次会议通过）"
    assert facts(f"青松市燃放烟花规定\n{issued}\n第一条　为了安静。").genre == "law"
    assert facts("青松社区考勤规定\n第一条　为了准时。").genre == "rule"


# --- year and date ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "dated"),
    [
        ("2023年度述职报告\n正文。\n2024年1月10日", 2023, date(2024, 1, 10)),
        ("述职报告\n正文。\n青松社区党支部\n2024年1月10日", 2023, date(2024, 1, 10)),
        ("述职报告\n正文。\n2023年12月20日", 2023, date(2023, 12, 20)),
        ("述职报告\n（二〇二三年十二月二十日）\n正文。", 2023, date(2023, 12, 20)),
        ("工作计划\n正文。\n2024年1月10日", 2024, date(2024, 1, 10)),
        ("述职报告\n正文。\n２０２３年１２月", 2023, None),
        ("述职报告\n正文。\n2023-12-20", 2023, date(2023, 12, 20)),
        ("二〇二三年工作总结\n正文。", 2023, None),
        ("述职报告\n2023年，在街道党工委领导下，抓党建。\n三、2024年度打算\n2024年再努力。", 2023, None),
        ("述职报告\n抓党建。\n本人2022年度考核为优秀。", 2022, None),
        ("述职报告\n抓党建，2023年12月20日开了会。", None, None),
        ("述职报告\n电话2023年。编号12023年。\n9999年99月99日", None, None),
        ("述职报告\n正文。\n2023年13月45日", None, None),
        ("述职报告\n正文。\n二〇二三年十十月十十日", None, None),
    ],
)
def test_year_and_day(text: str, year: int | None, dated: date | None) -> None:
    found = facts(text)
    assert (found.year, found.dated) == (year, dated)


def test_a_file_may_name_the_year() -> None:
    assert facts("同志们：\n抓党建。", "青松社区2022年述职报告.docx").year == 2022


# --- sector -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("青松县供销社党支部述职报告", "agriculture"),
        ("青松中学党支部工作总结", "education"),
        ("青松大学学生党支部工作总结", "university"),
        ("青松县人民医院党建工作总结", "health"),
        ("青松集团公司党委工作总结", "enterprise"),
        ("青松县公安局党支部工作总结", "law_enforcement"),
        ("青松街道青松社区工作总结", "community"),
        ("区直机关党支部工作总结", "agency"),
        ("工作总结", ""),
    ],
)
def test_the_sector(title: str, sector: str) -> None:
    assert facts(f"{title}\n{BODY}").sector == sector


# --- sections and counts ----------------------------------------------------------------------------------------------

REPORT = """述职报告
开头一段。
一、主要做法
（一）抓学习，打基础。全年学习12次。
1.集中学习
学了12次。
2.个人自学，每月抽查一次学习笔记，做到人人参与、人人过关、人人有笔记有体会。
（二）抓服务
二、存在问题
一是载体不多。
三、下步打算"""


def test_a_report_is_a_tree() -> None:
    tree = [(one.level, one.heading) for one in facts(REPORT).sections]
    assert tree == [
        (1, "一、主要做法"), (2, "（一）抓学习，打基础"), (3, "1.集中学习"), (2, "（二）抓服务"),
        (1, "二、存在问题"), (1, "三、下步打算"),
    ]  # fmt: skip
    first, learning, *_ = facts(REPORT).sections
    assert REPORT[first.start : first.end].endswith("（二）抓服务\n")
    assert REPORT[learning.start : learning.end].endswith("人人有笔记有体会。\n")


def test_nothing_of_a_restricted_span_is_told_but_the_tree() -> None:
    cleaned = clean(
        "##paidbegin##青松医院2021年述职报告\n##paidend##各位同志：\n抓党建。\n##paidbegin##一、医疗服务\n医院患者医护。\n2021年12月20日"
    )
    assert (found := facts(cleaned.whole, "a.txt")).title == "青松医院2021年述职报告"
    assert (found.year, found.sector, found.dated) == (2021, "health", date(2021, 12, 20))
    told = read_of_itself(cleaned.whole, "材料.txt", cleaned.restricted)
    assert (told.title, told.genre, told.year, told.sector, told.dated) == ("材料", "other", None, "", None)
    assert [one.heading for one in told.sections] == ["一、医疗服务"]


def test_items_of_a_list_are_no_headings() -> None:
    text = "办法\n（一）按时参加会议；\n（二）按时交纳党费；\n一、完成任务；\n1.5公里的路"
    assert facts(text).sections == ()


LAW = """青松省种树条例
（2020年5月1日青松省人民代表大会常务委员会通过　根据2022年3月2日决定修正）
目　录
第一章　总则
第二章　附则
第一章　总则
第一条　为了种树，制定本条例。
第二条　种树应当：
（一）挖坑；
（二）浇水。
第二条之一　第三条规定的树除外。
第二章　附则
第三条　本条例自2020年6月1日起施行。"""


def test_a_law_is_a_tree_of_chapters_and_articles() -> None:
    found = facts(LAW)
    assert [(one.level, one.heading) for one in found.sections] == [
        (1, "第一章　总则"), (2, "第一条"), (2, "第二条"), (2, "第二条之一"), (1, "第二章　附则"), (2, "第三条"),
    ]  # fmt: skip
    assert (found.genre, found.year, found.dated) == ("law", 2022, date(2022, 3, 2))
    assert LAW[found.sections[0].start :].startswith("第一章　总则\n第一条")


TEXTS = st.lists(
    st.sampled_from(["一、做法", "（一）抓学习", "1.学", "第一章 总则", "第一条 为了", "第二条", "第三条 ", "\n", "\n\n", "。",
         "目录", "2023年", "12月", "3日", "述职报告", "（", "）", "—", "；"])
    | st.text(max_size=6),
    max_size=40,
).map("".join)  # fmt: skip


@given(TEXTS, st.text(max_size=30))
def test_whatever_stands_there_sections_stand_within_it(text: str, name: str) -> None:
    found = facts(text, name)
    assert len(found.title) <= 100 and found.genre in GENRES and found.sector in {"", *SECTORS}
    for at, one in enumerate(found.sections):
        assert 0 <= one.start < one.end <= len(text)
        assert text.startswith(one.heading, one.start) and one.heading and one.level >= 1
        assert all(
            two.start >= one.end or (two.level > one.level and two.end <= one.end) for two in found.sections[at + 1 :]
        )


@pytest.mark.parametrize(
    "unit", ["一、", "一、做法\n", "第一条 \n", " ", "\n", "（", "2023年", "2023", "述职", "目 录\n", "《", "—"]
)
def test_a_hostile_text_takes_time_by_its_length(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        facts(text)
        return time.process_time() - began

    small, large = cost(30_000), cost(480_000)
    assert large < 64 * small + 1.0, (small, large)  # 16 times the text; what grows with its square takes 256 times


def test_a_data_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(
        "genres: [{id: law, zh: 法, title: [], text: ['(']}]\nlaws: []\nissued: []\nsectors: []\n", encoding="utf-8"
    )
    with pytest.raises(DataFault, match=r"words\.yaml"):
        read_words(path)


# --- real texts, where they are at hand -------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="没有样本报告（../shared/seeds）")
@pytest.mark.parametrize(
    ("name", "genre", "year", "sector", "characters", "levels"),
    [
        ("000_0422dc5a041d733d.txt", "duty_report", None, "", 3651, {1: 3, 2: 6}),
        ("003_b2367655675fa9d4.txt", "duty_report", 2023, "agriculture", 2228, {1: 3, 2: 6}),
    ],
)
def test_the_seed_reports(
    name: str, genre: str, year: int | None, sector: str, characters: int, levels: dict[int, int]
) -> None:
    cleaned = clean(read_material((SEEDS / name).read_bytes(), name).text)
    assert Counter(one.kind for one in cleaned.removals) == {"marker": 2, "publisher": 1, "advert": 4}
    assert len(cleaned.restricted) == 1 and cleaned.restricted[0].end == len(cleaned.whole)
    found = read_of_itself(cleaned.whole, name)
    assert (found.genre, found.year, found.sector, len(cleaned.whole)) == (genre, year, sector, characters)
    assert Counter(one.level for one in found.sections) == levels


@pytest.mark.shared
@pytest.mark.skipif(not LAWS.is_file(), reason="没有法律文本（../shared/corpus/laws.zip）")
def test_the_laws() -> None:
    """Nothing of a law is taken off; nearly all are known as laws, with their articles and their day."""
    genres: Counter[str] = Counter()
    dated = removed = with_articles = 0
    with zipfile.ZipFile(LAWS) as package:
        names = [name for name in package.namelist() if name.endswith(".md") and "案例" not in name][::40]
        for name in names:
            cleaned = clean(read_material(package.read(name), name).text)
            found = read_of_itself(cleaned.whole, name)
            genres[found.genre] += 1
            removed += len(cleaned.removals)
            dated += found.dated is not None
            with_articles += any(one.heading.endswith("条") for one in found.sections)
    assert removed == 0
    assert genres["law"] >= 0.95 * len(names)
    assert dated >= 0.9 * len(names)
    assert with_articles >= 0.75 * len(names)
