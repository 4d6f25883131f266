"""What a publisher added goes, what an author wrote stays, and every place holds."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youju.library.cleaning.normal import normal
from youju.library.cleaning.rules import clean
from youju.library.cleaning.values import Cleaned

BODY = """青松社区党支部书记抓基层党建工作述职报告
2023年，在街道党工委的领导下，支部围绕中心工作抓党建，现述职如下。
一、主要做法
（一）抓学习。全年开展集中学习12次，主题党日12次，组织党员走访居民326户。
二、存在问题
一是载体不多，二是对流动党员联系不够。
三、下步打算
坚持问题导向，把每一项工作落到人、落到天，请同志们监督。"""
ADVERTS = [
    "【青禾素材库】——每天更新材料500多篇高质量素材，会员群+网盘群同步每日更新，一键精准搜索、一键极速下载，有意加入请联系：1 2233",
    "欢迎加入“青禾素材库svip会员”，百万字材料！添加客服：qhxy，认准青禾，谨防假冒！",
    "【青禾代笔】——原创高质量保障，各类代笔（润笔），好评如潮！需要的小伙伴请找代笔客服：qhxy",
    "更多精品材料请关注公众号：青禾笔记",
    "获取更多范文请登录青禾范文网 www.example.com",
    "更多公文素材，尽在青禾文秘网",
    "公文写作群每日更新，加微信qinghe123进群",
    "如有侵权，请及时联系我们删除。",
    "本文由青禾范文网整理发布",
    "扫描二维码关注公众号领取更多素材",
    "点击下载（会员免费）",
]
PUBLISHERS = [
    "材料来自：【公众号：青禾君】，最新最全党建资料库",
    "来源：公众号：青禾君",
    "公众号：青禾君",
    "【微信公众号：青禾君】",
    "来源：青禾文秘网",
    "责任编辑：甲乙丙 校对：丁戊",
    "编辑：小青",
    "本文转载请注明出处",
    "版权归原作者所有，仅供学习参考",
    "发布时间：2023-12-01 浏览次数：1234 字体：【大 中 小】",
    "上一篇：青禾镇工作总结",
]
HONEST = [
    "建立党员微信群3个，发布学习资料120条，组织党员进群学习，做到每日更新、人人参与。",
    "开通“青松先锋”微信公众号，关注人数达到2300人，推送文章126篇，点击量1.2万次。",
    "落实责任编辑制度，新媒体稿件由支部委员审核、校对后发布。",
    "建筑业协会发展会员单位120家，会员缴纳会费，为会员提供材料检测和资料下载服务。",
    "问题线索来源于群众来信、来访，共受理26件。",
    "来自农村的党员占全体党员的一半，更多党员在企业务工。",
    "建立党建工作资料库、人才素材库，收集典型案例56个，供支部下载使用。",
    "更多关注困难党员，更多材料请见附件。",
    "严查请人代写心得体会、代笔应付检查的问题，联系实际整改到位。",
    "请各支部组织党员关注“青松先锋”微信公众号。",
    "联系人：甲乙丙，联系电话：0571-1234567，电子邮箱：dangban@example.gov.cn",
    "报名请加工作QQ群：123456789",
    "编辑：党支部宣传委员负责信息的采写和编发，每月不少于4篇。",
    "来源：群众反映",
    "网址：www.example.gov.cn",
    "党费收缴使用管理情况向全体党员公示，欢迎监督。",
    "加强会员群管理，杜绝违规信息；客服热线12345接听率98%。",
    "在编辑部开展“扫黄打非”宣传，版权保护知识讲座2场。",
    "建成党建资料库，实现每天更新、一键查找、免费下载、扫码即用，党员学习更方便。",
    "党建资料库每天更新，如需查阅请联系：0571-1234567。",
    "依托微信公众号：每周推送党建素材库内容，持续更新，党员随时可学。",
    "关注公众号“青松先锋”，组织党员每日打卡学习，积分兑换由支部登记。",
    "全年公众号文章阅读量：12000",
    "本资料仅供内部学习使用，请勿外传。",
    "更多资料请登录学习强国平台查看。",
    "更多材料请到党群服务中心领取。",
    "侵权人应当及时联系权利人处理。",
    "引用他人材料的，引用注明来源，不得抄袭。",
    "分享到场企业的管理经验，组织座谈2次",
    "支部资料群和网盘由组织委员管理，长按二维码进群要实名。",
    "搜索公众号文章、扫码签到成为党员学习的新习惯，免费下载学习材料300余份。",
]  # fmt: skip


def kinds(cleaned: Cleaned) -> list[str]:
    return [one.kind for one in cleaned.removals]


def marked(cleaned: Cleaned, kind: str) -> list[str]:
    return [cleaned.whole[one.start : one.end] for one in cleaned.marks if one.kind == kind]


def open_text(cleaned: Cleaned) -> str:
    """The text of a reader without right."""
    at, pieces = 0, []
    for span in cleaned.restricted:
        pieces.append(cleaned.whole[at : span.start])
        at = span.end
    return "".join((*pieces, cleaned.whole[at:]))


def secret(cleaned: Cleaned) -> list[str]:
    return [cleaned.whole[span.start : span.end] for span in cleaned.restricted]


@pytest.mark.parametrize("line", ADVERTS)
def test_an_advertisement_behind_the_text_goes(line: str) -> None:
    cleaned = clean(f"{BODY}\n\n{line}\n")
    assert cleaned.whole == BODY
    assert kinds(cleaned) == ["advert"]


@pytest.mark.parametrize("line", PUBLISHERS)
def test_a_line_of_the_publisher_goes(line: str) -> None:
    cleaned = clean(f"{BODY}\n{line}\n")
    assert cleaned.whole == BODY
    assert kinds(cleaned) == ["publisher"]


@pytest.mark.parametrize("line", [*ADVERTS[:9], *PUBLISHERS[:2], PUBLISHERS[3]])
def test_a_sure_line_goes_wherever_it_stands(line: str) -> None:
    head, tail = BODY.split("二、", 1)
    ten = "".join(f"（{n}）坚持每月研究一次党建工作，做到有布置、有检查。\n" for n in range(10))
    assert clean(f"{head}{ten}{line}\n{ten}二、{tail}").whole == f"{head}{ten}{ten}二、{tail}"


@pytest.mark.parametrize("line", HONEST)
@pytest.mark.parametrize("where", ["behind", "within", "below the title", "twice over"])
def test_an_honest_line_stays(line: str, where: str) -> None:
    title, rest = BODY.split("\n", 1)
    text = {
        "behind": f"{BODY}\n{line}",
        "within": BODY.replace("二、", f"{line}\n二、"),
        "below the title": f"{title}\n关于履职情况的说明，2023年12月\n{line}\n{rest}"
        if line != "来源：群众反映"
        else BODY,
        "twice over": f"{BODY}\n{line}\n{line}",
    }[where]
    cleaned = clean(text)
    assert cleaned.whole == text
    assert cleaned.removals == ()


def test_every_line_that_goes_carries_a_hint() -> None:
    """A line without a hint is never looked at: a new pattern without one would be silent."""
    for line in (*ADVERTS, *PUBLISHERS):
        assert clean(f"{BODY}\n{line}").removals, line


def test_contacts_go_with_an_advertisement_and_stay_without_one() -> None:
    contacts = "微信：qinghe123\nQQ：12345678\n13800138000（微信同号）"
    cleaned = clean(f"{BODY}\n{ADVERTS[0]}\n{contacts}")
    assert (cleaned.whole, kinds(cleaned)) == (BODY, ["advert", "contact", "contact", "contact"])
    assert clean(f"{BODY}\n{contacts}").whole == f"{BODY}\n{contacts}"
    assert kinds(clean(f"{BODY}\nhttp://www.example.com/fanwen/1.html")) == ["contact"]
    assert kinds(clean(f"{BODY}\nhttp://www.example.gov.cn/a.html")) == []


def test_what_hangs_on_the_last_line_goes_and_the_line_stays() -> None:
    cleaned = clean(f"{BODY}材料来自：【公众号：青禾君】，最新最全党建资料库。更多精品材料请关注公众号：青禾笔记")
    assert (cleaned.whole, kinds(cleaned)) == (BODY, ["publisher"])


def test_a_site_behind_the_title_goes() -> None:
    title, rest = BODY.split("\n", 1)
    assert clean(f"{title}_百度文库\n{rest}").whole == BODY
    assert clean(f"{title}（公众号：青禾君）\n{rest}").whole == BODY


def test_a_title_told_twice_is_told_once() -> None:
    title = BODY.split("\n", 1)[0]
    assert (clean(f"{title}\n{BODY}").whole, kinds(clean(f"{title}\n\n{title}\n{BODY}"))) == (
        BODY,
        ["repeated_title"] * 2,
    )
    assert clean(f"{title}\n来源：青禾文秘网\n{BODY}").whole == BODY
    assert clean(f"甲公司党支部\n工作总结\n甲公司党支部\n工作总结\n{BODY}").whole == f"甲公司党支部\n工作总结\n{BODY}"
    again = "一、工作\n一、工作\n做了许多事。"
    assert clean(again).whole == again


# --- what was to be paid for ------------------------------------------------------------------------------------------


def test_a_span_within_a_sentence_is_joined() -> None:
    cleaned = clean("坚持集中学习和##paidbegin##个人自学相结合。##paidend##每月一次。")
    assert cleaned.whole == "坚持集中学习和个人自学相结合。每月一次。"
    assert secret(cleaned) == ["个人自学相结合。"]
    assert kinds(cleaned) == ["marker", "marker"]


@pytest.mark.parametrize(
    "marker", ["##paidbegin##", "＃＃paidbegin＃＃", "## paidbegin ##", "##PaidBegin##", "# # paidbegin##"[2:], "##ｐａｉｄｂｅｇｉｎ##",
               "##paidbegin", "paidbegin##", "###paid begin###", "##pa\u200bidbegin##"],
)  # fmt: skip
def test_a_marker_is_known_however_it_is_written(marker: str) -> None:
    cleaned = clean(f"甲做了{marker}乙的事##paidend##，丙也做了。")
    assert (cleaned.whole, secret(cleaned)) == ("甲做了乙的事，丙也做了。", ["乙的事"])


@pytest.mark.parametrize(
    ("raw", "whole"),
    [
        ("我们坚持集中学习和\n##paidbegin##\n个人自学相结合。", "我们坚持集中学习和个人自学相结合。"),
        ("我们坚持集中学习和\n\n##paidbegin##\n\n个人自学相结合。", "我们坚持集中学习和个人自学相结合。"),
        ("我们坚持集中学习，\n##paidbegin##一是读原著。", "我们坚持集中学习，一是读原著。"),
        (
            "工作总结\n全年开展学习，推动党建与业务##paidbegin##\n深度融合。",
            "工作总结\n全年开展学习，推动党建与业务深度融合。",
        ),
        ("全年工作\n##paidbegin##\n，做到两手抓。", "全年工作，做到两手抓。"),
        ("第一段完了。\n##paidbegin##\n第二段。", "第一段完了。\n第二段。"),
        ("第一段完了。\n\n##paidbegin##\n\n第二段。", "第一段完了。\n\n第二段。"),
        ("第一段完了。\n##paidbegin##第二段。", "第一段完了。\n第二段。"),
        ("第一段完了。##paidbegin##\n第二段。", "第一段完了。\n第二段。"),
        ("述职报告\n##paidbegin##\n2023年，支部抓学习。", "述职报告\n2023年，支部抓学习。"),
        ("前面说了。\n一、主要做法\n##paidbegin##\n支部抓学习。", "前面说了。\n一、主要做法\n支部抓学习。"),
        ("抓学习，抓落实\n##paidbegin##\n二、存在问题", "抓学习，抓落实\n二、存在问题"),
        ("第一段完了。\n##paidbegin##\n　　第二段。", "第一段完了。\n　　第二段。"),
        ("##paidbegin##\n述职报告\n正文。", "述职报告\n正文。"),
        ("抓学习。\n##paidend##\n##paidbegin##\n抓落实。", "抓学习。\n抓落实。"),
    ],
)
def test_only_what_the_marker_broke_is_joined(raw: str, whole: str) -> None:
    assert clean(raw).whole == whole


def test_an_unclosed_span_runs_to_the_end_and_a_stray_end_opens_nothing() -> None:
    assert secret(clean("甲##paidbegin##乙\n丙")) == ["乙\n丙"]
    assert secret(clean("甲##paidend##乙")) == []
    assert open_text(clean("甲##paidend##乙##paidbegin##丙")) == "甲乙"


def test_nested_and_repeated_markers() -> None:
    begin, end = "##paidbegin##", "##paidend##"
    assert open_text(clean(f"甲{begin}乙{begin}丙{end}丁{end}戊")) == "甲戊"
    assert open_text(clean(f"甲{begin}{begin}乙{end}丙{end}丁")) == "甲丁"  # each finds its partner
    assert open_text(clean(f"甲{begin}{begin}乙{end}丙")) == "甲丙"  # said twice over
    assert open_text(clean(f"甲{begin}乙{end}丙{begin}丁{end}戊")) == "甲丙戊"
    assert open_text(clean(f"甲{begin}乙{begin}丙{end}丁")) == "甲"  # in doubt, more


def test_adverts_within_a_span_go_too() -> None:
    cleaned = clean(
        f"{BODY[:60]}##paidbegin##{BODY[60:]}\n{PUBLISHERS[0]}\n\n{ADVERTS[0]}\n{ADVERTS[1]}\n\n##paidend##\n"
    )
    assert (cleaned.whole, secret(cleaned)) == (BODY, [BODY[60:]])


# --- putting back -----------------------------------------------------------------------------------------------------


def test_a_removal_is_put_back_and_the_others_stay_away() -> None:
    raw = f"{BODY}\n{PUBLISHERS[0]}\n{ADVERTS[0]}\n{ADVERTS[1]}"
    first = clean(raw)
    advert = first.removals[1]
    again = clean(raw, frozenset({(advert.start, advert.end)}))
    assert again.whole == f"{BODY}\n{ADVERTS[0]}"
    assert [one for one in first.removals if one != advert] == list(again.removals)


def test_a_marker_put_back_keeps_its_span_restricted() -> None:
    raw = "甲##paidbegin##乙##paidend##丙"
    every = frozenset((one.start, one.end) for one in clean(raw).removals)
    cleaned = clean(raw, every)
    assert (cleaned.whole, open_text(cleaned)) == (raw, "甲丙")


# --- marks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "blank",
    [
        "XX",
        "××",
        "＿＿",
        "____",
        "〔 〕",
        "〔〕",
        "□□",
        "某某",
        "AAA",
        "（　　）",
        "此处填写单位名称",
        "x月x日",
        "20xx年x月x日",
    ],
)
def test_a_blank_is_marked_and_left(blank: str) -> None:
    text = f"我代表，{blank}，向大会报告。"
    cleaned = clean(text)
    assert (cleaned.whole, marked(cleaned, "placeholder")) == (text, [blank])


@pytest.mark.parametrize(
    "text", ["达到III类标准。", "信用等级AAA级。", "写明姓名（名称）、住址。", "《条例》第（一）项。"]
)
def test_what_only_looks_like_a_blank_is_not_marked(text: str) -> None:
    assert marked(clean(text), "placeholder") == []


def test_what_is_private_is_marked_and_left() -> None:
    cleaned = clean("有事请找我，13800138000，或者110101199003071234。")
    assert marked(cleaned, "private") == ["13800138000", "110101199003071234"]


def test_a_place_is_marked_only_where_others_are_hidden() -> None:
    assert marked(clean("到x村走访，带动宿城茶农增收。"), "place") == ["宿城"]
    assert marked(clean("到青松村走访，带动宿城茶农增收。"), "place") == []


@pytest.mark.parametrize(
    ("tail", "shown"),
    [
        ("下一步要继续抓好学习教育，推动党建工作和中心工作深度融合，着力", "着力"),
        ("下一步，我们将，", "下一步，我们将，"),
        ("抓好学习……（未完待续）", "……（未完待续）"),
        ("抓好学习……未完", "……未完"),
        ("全文请下载", "全文请下载"),
        ("点击下载查看全文", "点击下载查看全文"),
    ],
)
def test_a_text_cut_short_is_marked(tail: str, shown: str) -> None:
    cleaned = clean(f"{BODY}\n{tail}")
    assert cleaned.whole == f"{BODY}\n{tail}"
    assert marked(cleaned, "truncated") == [shown]


@pytest.mark.parametrize(
    "tail", ["青松社区党支部\n2023年12月20日", "谢谢大家！", "附件：1.任务分工表", "（此件公开发布）", "报告人：某同志"]
)
def test_a_text_that_ends_is_not_marked(tail: str) -> None:
    assert marked(clean(f"{BODY}\n{tail}"), "truncated") == []


def test_a_name_slipped_into_a_sentence_is_marked_and_left() -> None:
    text = "结合“【公众号：青禾君】”等平台不断强化学习，取得了实效。"
    cleaned = clean(f"{BODY}\n{text}\n{BODY}")
    assert marked(cleaned, "inserted") == ["“【公众号：青禾君】”"]
    assert text in cleaned.whole


# --- one form ---------------------------------------------------------------------------------------------------------


def test_line_ends_odd_spaces_and_unseen_signs_are_evened_out() -> None:
    raw = "\ufeff\r\n标题\r\n第一\u00a0段\u200b。\r第二\u2028段\x07⼀。\ud800\r\n\r\n"
    assert clean(raw).whole == "标题\n第一 段。\n第二\n段一。"


def test_the_authors_own_signs_stay() -> None:
    text = "　　２０２３年ＡＢＣ，“三会一课”……（一）①②③〔2023〕12号 ％—·\t表"
    assert clean(text).whole == text


# --- every place holds ------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["##paidbegin##", "##paidend##", "##paid", "begin##", "\n", "\n\n", "\r\n", "。", "，", "　", " ", "\u200b", "\ufeff", "\xa0", "甲乙丙",
     "青松支部工作总结", "一、做法", *ADVERTS, *PUBLISHERS, *HONEST[:6], "XX", "13800138000", "x村", "宿城", "微信：qinghe123", "字"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))


@given(TEXTS)
@settings(max_examples=200)
def test_whole_and_removals_are_the_raw_text(raw: str) -> None:
    cleaned = clean(raw)
    evened, even = normal(raw)
    there = {cleaned.kept.to_raw(at) for at in range(len(cleaned.whole))}
    gone = {at for one in cleaned.removals for at in range(one.start, one.end)}
    assert sum(one.end - one.start for one in cleaned.kept.stretches) == len(cleaned.whole)
    assert not there & gone
    left = [at for at in range(len(evened)) if even.to_raw(at) not in there | gone]
    assert "".join(evened[at] for at in left).strip() == ""  # blank lines at the ends
    standing = {even.to_raw(at): sign for at, sign in enumerate(evened)}
    assert all(standing[cleaned.kept.to_raw(at)] == sign for at, sign in enumerate(cleaned.whole))


@given(TEXTS)
@settings(max_examples=150)
def test_places_lead_there_and_back_in_order(raw: str) -> None:
    cleaned = clean(raw)
    there = [cleaned.kept.to_raw(at) for at in range(len(cleaned.whole))]
    assert there == sorted(set(there))
    assert [cleaned.kept.from_raw(at) for at in there] == list(range(len(cleaned.whole)))
    back = [cleaned.kept.from_raw(at) for at in range(len(raw) + 1)]
    assert back == sorted(back)
    for one in (*cleaned.restricted, *cleaned.marks):
        assert 0 <= one.start < one.end <= len(cleaned.whole)
    assert all(0 <= one.start < one.end <= len(raw) for one in cleaned.removals)


@given(TEXTS)
@settings(max_examples=200)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw)
    twice = clean(once.whole)
    assert (twice.whole, twice.removals, twice.restricted) == (once.whole, (), ())


@given(TEXTS)
@settings(max_examples=150)
def test_with_everything_put_back_nothing_is_gone(raw: str) -> None:
    every = frozenset((one.start, one.end) for one in clean(raw).removals)
    evened = normal(raw)[0]
    assert clean(raw, every).whole.strip() == evened.strip()


@pytest.mark.parametrize(
    "unit",
    ["#", "##paid", "##paidbegin##", "##paidbegin##\n", "##paidbegin##甲\n", "更多材料", "公众号：", "加微信", "x", "xX", "（", " ", "\n", "\r", "编辑：a ", "http://",
     "1", "a.", "a@", "_", "“", "大中小", "【公众号：", "标题标题\n", "。", "此处填写", "20x", "第一章\n", "更多材料，请关注公众号：青禾\n", "AAA"],
)  # fmt: skip
def test_a_hostile_text_takes_time_by_its_length(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        clean(text)
        return time.process_time() - began

    small, large = cost(30_000), cost(480_000)
    assert large < 64 * small + 1.0, (small, large)  # 16 times the text; what grows with its square takes 256 times


def test_an_authors_line_with_an_advertisement_at_its_end_is_not_taken_whole() -> None:
    line = "以上是我的述职，请同志们监督。"
    for tail in (ADVERTS[1], "公文素材库每日更新，欢迎加入，加微信qinghe123。"):
        assert clean(f"{BODY}\n{line}{tail}").whole == f"{BODY}\n{line}"
        assert line in clean(f"{BODY}\n{line}{tail}\n{BODY}").whole
