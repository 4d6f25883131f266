"""A copy that lost its tags: known by its words, its figures found again by what stands around them. Values only."""

import io
import re
import zipfile

import pytest

from youju.paper import writing
from youju.paper.reading import ReadText, read_bytes
from youju.reports.alike import most_alike, nearest
from youju.reports.back import How, record_words, returned_citations
from youju.reports.sent import Sent, copy_of

HEAD = ("2026年度抓基层党建工作述职报告", "青禾县供销社机关党支部书记　林知夏")
FIGURES = {"支委会次数": "20次", "党员大会次数": "4次", "主题党日次数": "12次", "党员人数": "23名", "党课次数": "5次"}
LINES = (
    "一年来，我带领支部{党员人数}党员守在为农服务的第一线，农资不断档、粮款不打白条，是我们对乡亲的交代。",
    "我把支部建设放在心上，组织召开支委会{支委会次数}，研究仓储改造、冷链车调度和直播选品等事项。",
    "召开党员大会{党员大会次数}，审议积分管理办法，通过发展对象名单。",
    "围绕红薯收购、清仓查库、防汛值守开展主题党日{主题党日次数}，<帮老社员翻晒谷子3000斤>，群众送来锦旗。",
    "讲党课{党课次数}，从老供销的扁担讲起，年轻人听得进、记得住。",
    "另外带队走访村级服务站6个，把缺货的清单一家一家对上。",
)
FOREIGN = """2026年度抓基层党建工作述职报告
云岭镇中心小学党支部书记　周亦安
一年来，我带领支部23名党员扎根讲台，把课堂当阵地，把孩子当家人。
我把支部建设放在心上，组织召开支委会20次，研究课后服务、校园安全和教师结对等事项。
召开党员大会4次，审议评优办法，通过发展对象名单。
围绕家访、护学、阅读节开展主题党日12次，学生和家长都叫好。
讲党课5次，从三尺讲台讲起。"""


def stretches(line, figures):
    for part in re.split(r"(\{\w+\}|<[^>]+>)", line):
        if part.startswith("{"):
            name = part[1:-1]
            yield figures[name], Sent(f"yj-c{list(FIGURES).index(name) + 1}", name, figures[name])
        elif part.startswith("<"):
            yield part[1:-1], Sent("yjr-2026-主题党日-03", "", part[1:-1], record="2026-主题党日-03")
        elif part:
            yield part, None


def copy(name="稿", lines=LINES, **figures):
    return copy_of(name, HEAD, (stretches(line, FIGURES | figures) for line in lines), signs=HEAD[1:])


def as_docx(tags):
    """The copy on paper; ``tags`` are the numbers of the citations that keep their control."""

    def span(text, sent):
        return writing.Cited(text, f"{sent.key}-0123456789abcdef") if sent and sent.key[4:] in tags else text

    lines = copy().paragraphs[len(HEAD) :]
    blocks = [writing.Paragraph(tuple(span(*one) for one in line)) for line in lines]
    return writing.write_docx(writing.Paper(title=HEAD[0], byline=HEAD[1], blocks=tuple(blocks)))


def said(text):
    document = text if isinstance(text, ReadText) else ReadText(text, "txt")
    return [one.sentence for one in returned_citations(document, copy().sent) if one.how is not How.SAME]


def test_all_tags_lost_and_nothing_changed_says_nothing():
    found = returned_citations(read_bytes(as_docx(""), "稿.docx"), copy().sent)
    assert [one.figure for one in found if not one.record] == [
        "党员人数", "支委会次数", "党员大会次数", "主题党日次数", "党课次数",
    ]  # fmt: skip
    assert {one.how for one in found} == {How.SAME} and not any(one.tagged for one in found)


def test_half_of_the_tags_lost_the_rest_is_read():
    document = read_bytes(edited(as_docx("13"), (">20次<", ">21次<"), (">4次<", ">3次<")), "稿.docx")
    found = {one.figure: one for one in returned_citations(document, copy().sent)}
    assert found["支委会次数"].tagged and found["支委会次数"].sentence == "支委会次数：导出时是20次，稿子里改成了21次。"
    assert not found["党员大会次数"].tagged
    assert found["党员大会次数"].sentence == "党员大会次数：导出时是4次，稿子里改成了3次。"
    assert found["主题党日次数"].how is found["党课次数"].how is How.SAME


def edited(data, *changes):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode() if name == "word/document.xml" else old.read(name)
            for before, after in changes if name == "word/document.xml" else ():
                assert before in part
                part = part.replace(before, after, 1)
            new.writestr(name, part)
    return out.getvalue()


def test_a_file_written_on_in_an_office_program_is_followed():
    """Controls unwrapped, a number in two runs, paragraphs in another order, one more, numbers changed and in words."""
    xml = (
        (">20次<", '>2</w:t></w:r><w:r><w:t xml:space="preserve">1次<'),
        (">12次<", ">十二次<"),
        (">5次<", ">多次<"),
    )
    document = read_bytes(edited(as_docx(""), *xml), "稿.docx")
    lines = document.text.split("\n")
    order = [*lines[:2], *lines[4:], "新添一段：牵头开展调研8次，形成报告。", *lines[2:4]]
    text = "\n".join(order).replace("名党员", "名 党员")
    assert said(text) == [
        "主题党日次数：12次写成了十二次，数没有变。",
        "党课次数：导出时是5次，稿子里改成了多次。",
        "新写的数字“8次”，导出时没有。",
        "支委会次数：导出时是20次，稿子里改成了21次。",
    ]


def test_what_was_cut_is_gone_and_another_kind_is_not_taken_for_it():
    text = copy().text.replace("召开党员大会4次，审议积分管理办法，通过发展对象名单。", "召开专题部署会4次。")
    assert said(text) == ["新写的数字“4次”，导出时没有。", "党员大会次数：导出时写了4次，稿子里没有了。"]


def test_a_typed_number_that_stood_there_is_not_new_and_one_that_changed_is_shown():
    [sentence] = said(copy().text.replace("服务站6个", "服务站9个"))
    assert sentence.startswith("手写的数字") and sentence.endswith("导出时是6个，稿子里改成了9个。")


def test_words_of_a_record_are_known_without_their_tag_until_they_change():
    document = ReadText(copy().text.replace("谷子3000斤", "谷子\n3000斤"), "txt")
    [(start, end)] = record_words(document, copy().sent)
    assert document.text[start:end] == "帮老社员翻晒谷子\n3000斤"
    assert "引自记录2026-主题党日-03的话，稿子里没有原样写着了。" in said(copy().text.replace("3000", "5000"))


def test_the_same_number_between_other_words_keeps_its_own_figure():
    """4次 of three kinds, and a paragraph that begins with a number which is the end of another."""
    figures = dict.fromkeys(("支委会次数", "党员大会次数", "党课次数"), "4次")
    sent = copy(**figures).sent
    text = copy(**figures).text.replace("党员大会4次", "党员大会14次")
    found = [one.sentence for one in returned_citations(ReadText(text, "txt"), sent) if one.how is not How.SAME]
    assert found == ["党员大会次数：导出时是4次，稿子里改成了14次。"]


@pytest.mark.parametrize("unsigned", [False, True])
def test_a_copy_is_known_by_its_words_though_its_numbers_and_a_third_of_it_changed(unsigned):
    text = re.sub(r"\d+次", "九次", copy().text).replace(copy().lines[-1], "这一段重新写过。")
    text = text.replace("农资不断档、粮款不打白条，是我们对乡亲的交代", "这一句也换了")
    if unsigned:
        text = text.replace(HEAD[1], "")
    found = most_alike(text, [copy("旧", lines=("去年的话完全不一样" * 9,)), copy("今年")], common=frozenset())
    assert (found is not None and found.copy.name == "今年") is not unsigned  # unsigned, four fifths are asked


def test_a_report_of_others_is_nobody_s_whatever_its_numbers():
    assert most_alike(FOREIGN, [copy()], common=frozenset()) is None
    assert most_alike("", [copy()], common=frozenset()) is None
    signed = FOREIGN.replace("云岭镇中心小学党支部书记　周亦安", HEAD[1])
    assert most_alike(signed, [copy()], common=frozenset()) is None


def test_a_collection_in_which_a_copy_stands_is_not_that_copy():
    names = [f"{chr(0x4E00 + n * 37)}{chr(0x5200 + n * 91)}" for n in range(90)]
    others = "\n".join(f"{name}村的{name}合作社写来的材料，{name}另成一篇。" for name in names)
    assert most_alike(copy().text, [copy()], common=frozenset()) is not None
    assert most_alike(copy().text + "\n" + others, [copy()], common=frozenset()) is None


def test_of_equals_the_newest_and_of_versions_the_one_it_was_made_of():
    old, new = copy("第1版"), copy("第2版", 支委会次数="21次")
    assert most_alike(old.text, [new, old], common=frozenset()).copy is new
    assert nearest(old.text, [new, old]) is old
    assert nearest(new.text, [new, old]) is new
    assert nearest("没有一句相同。", [new, old]) is new


def test_a_text_made_to_hurt_is_compared_all_the_same():
    text = "\n".join(f"召开支委会{n}次，研究仓储。" for n in range(4000))
    assert len(returned_citations(ReadText(text, "txt"), copy().sent)) > 1000
