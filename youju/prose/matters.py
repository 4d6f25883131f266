"""What was counted (事项): the activity's words, its family and its ledger kinds. Each rule decides one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from youju.prose.scene import CLAUSE_ENDS, Scene, first_of, last_of, trimmed
from youju.prose.vocabulary import GROUPS, INDEX, KINDS, STRONG, VERBS, WEAK, Word

_LONGEST_VERB = max(map(len, VERBS))
_BODY = ("委员会", "党组", "党委", "支部", "党组织", "支委")
_LOCATIVE = ("上", "中", "里", "内", "等单位", "单位")
_SETTLED = re.compile(
    r"落地实施|已?办结|得到(?:有效|妥善|及时|全部|圆满)?(?:解决|整改|落实)|已?全部整改|整改(?:到位|完成)|已?销号|已(?:解决|整改|落实|采纳)|完成整改|逐一解决"
)
_LISTED = re.compile(r"[、和及与]|以及|暨")
_ACTIVITY_EDGE = re.compile(
    r"^.*(?:召开|开展|举办|举行|进行|组织)了?(?=[^了，。]{2})|^(?:并|还|也|又|且|先后|共|已|全年|年内|今年|一年来|累计|我们|我|支部|认真|积极|坚持|严格|定期)+"
)
_UNIT_FAMILY = {
    "money": "money", "share": "rate", "house": "visit", "person": "people", "place": "org_building", "paper": "publicity",
    "session": "activity", "thing": "project", "span": "other", "measure": "other", "attribute": "other",
}  # fmt: skip
_UNIT_WORD = {
    "篇": "article",
    "支": "org_building",
    "条": "issue_found",
    "件": "issue_rectified",
    "件次": "issue_rectified",
    "起": "issue_rectified",
    "学时": "group_study",
    "课时": "group_study",
}
_NOT_HELD = frozenset(
    ("org_building", "people", "honor", "project", "other", "issue_found", "member_development")
)  # not 次
_SET_UP = re.compile(r"成立|组建|设立")
_TEAMS = frozenset(
    ("project", "outreach_lecture", "training", "volunteer", "inspection", "publicity", "research", "group_study")
)
_LIGHT_VERBS = re.compile(
    "班子成员|领导干部|书记|委员|副职|每人|每名|平均|参加|实际|完成|今年|每年|每月|每季度|组织|开展|举办|召开|进行|先后|其中|全年|已经?|共|累计|分别|[，、；。：]"
)
_TAKES_TIME = frozenset(("volunteer", "group_study", "training", "visit", "party_lecture"))
_HEARD = frozenset(("outreach_lecture", "party_lecture", "training", "group_study", "theme_day"))
_AUDIENCE = re.compile("受众|听众|听课|参训|参学|受训|参加(?:党员|人员|人次|职工|师生|干部)|^[，、]?(?:参加|参与)")
_DONE_TO = frozenset(
    (
        "training",
        "visit",
        "inspection",
        "member_development",
        "issue_rectified",
        "heart_talk",
        "research",
        "outreach_lecture",
        "discipline",
        "honor",
    )
)
_DONE_TO_MANY = frozenset(("training", "visit", "heart_talk", "honor", "discipline", "outreach_lecture"))
_OBJECTS = frozenset(("people", "org_building"))
_FILLERS = re.compile(
    r"^(?:[，、；：]|全年|年内|今年|共|累计|先后|分别|已经?|认真|积极|深入|集中|组织|开展|带头|严格|新|并|还|也|其中)+"
)
_MIXED = re.compile("、.*等(?:各类|各种|各项|系列|特色)活动(?:共|达|累计)?$")  # 宣讲、帮扶等各类活动
# What is said of ideology before it: 意识形态工作方面，分析研判2次.
_STUDIED = {
    "专题研究": "ideology_study", "集体研究": "ideology_study", "分析研判": "ideology_analysis", "研判": "ideology_analysis",
}  # fmt: skip
_EACH = re.compile("各(?:自|召开|开展|举办|举行|组织|进行)*了?$")
_LEAD = re.compile(
    "(?:全年|年内|今年|一年来|共|累计|先后|分别|按时|按期|定期|认真|严格|坚持|组织|开展|召开|举办|举行|进行|落实|抓好|了)+"
)
_OTHER_OBJECT = re.compile("决议|议题|决定事项")  # came of the meetings counted before, and is not those meetings
_MEMBERS = re.compile("(?:正式|预备)?党员")
_GROUPS_MET = re.compile("党小组(?:共|合计|累计|一共|总共|分别)?(?:召?开(?:了)?(?:小组)?会议?|开会)(?:共|合计|累计)?$")
_MINE = re.compile(
    "我(?:在|于|还|也|又|共|先后|亲自|主动|坚持|认真|今年|全年|年内|累计|已经?|[\\u4e00-\\u9fff“”]{2,8}(?:前夕|期间|前后|之际|当天))*(?=(?:带头|主)?(?:讲|上|为|给))"
)
_COUNTED = re.compile("[一两二三四五六七八九十][次场期堂]")
_DOER = re.compile(
    r"(?:在职|机关|青年|学生|预备|农村|社区|流动)?(?:党员|同志|干部|师生|职工|工作组|工作队|小组|支部|党支部|党组织|队员|委员|教师|医生)"
)
_DOES = re.compile(r"到社区报到|走访|参[加与]|开展|深入|下沉|分赴|担任|投身|入户|赴")
_SETTLES = re.compile(r"解决|化解|办结|办理|整改|处理|回应|破解|销号|答复|采纳|落实|处置|兑现")


@dataclass(frozen=True, slots=True)
class Matter:
    """The activity in the writer's words, its family, its ledger kinds, and the rule that found them."""

    activity: str
    family: str
    kinds: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Hit:
    at: int  # in the scene's text
    word: Word

    @property
    def end(self) -> int:
        return self.at + len(self.word.text)


def matter_of(s: Scene, before: Matter | None) -> Matter:
    """What the quantity of the scene counts. ``before`` is the matter of the quantity before it in the sentence."""
    left, right = _hits(s, s.left_start, s.start), _hits(s, s.end, s.right_end)
    q = s.quantity
    if q is None:  # a rhythm's own clause before those after it
        own = first_of(s.text, CLAUSE_ENDS, s.end, s.right_end)
        near = [h for h in right if h.at < own and h.word.family not in _OBJECTS]
        right = near or ([] if any(h.word.weight == STRONG for h in left) else right)
    if q is not None and q.sort == "measure":
        left, right = ([h for h in hits if h.word.weight == STRONG] for hits in (left, right))
    if q is not None and q.sort in ("money", "share"):
        return Matter(_words_left(s) or _words_right(s), _UNIT_FAMILY[q.sort], _kinds(left), f"{q.sort}_unit")
    if q is not None and q.sort == "span" and q.unit not in _UNIT_WORD:
        spent = [h for h in left if h.word.family in _TAKES_TIME]
        return Matter(_words_left(s) or _words_right(s), spent[-1].word.family if spent else "other", (), "span_unit")
    found = _decide(s, left, right)
    if found is not None and before is not None and before.family in _HEARD and _AUDIENCE.search(s.left):
        return Matter(found.activity, before.family, before.kinds, "audience")
    if found is not None and before is not None and _listed_people(s, found, before):
        return Matter(before.activity, before.family, before.kinds, "same_as_before")
    if found is not None and not (found.family == "other" and q is not None and q.unit in _UNIT_WORD):
        return found
    if (
        before is not None
        and q is not None
        and not s.preposed
        and not _OTHER_OBJECT.search(s.left)
        and len(_LIGHT_VERBS.sub("", trimmed(s.left))) <= 4
    ):
        if before.family == "issue_found" and _SETTLES.search(s.left):
            return Matter(before.activity, "issue_rectified", (), "settled")
        return Matter(before.activity, before.family, before.kinds, "same_as_before")
    return _said_before(s) or found or _by_unit(s, left, right)


def _listed_people(s: Scene, found: Matter, before: Matter) -> bool:
    """培训书记30人、委员60人: what was done to the first of a list was done to all."""
    if s.preposed or s.quantity is None or s.quantity.sort not in ("person", "house") or found.family not in _OBJECTS:
        return False
    words = trimmed(s.left).lstrip("，、和")
    return (
        before.family in _DONE_TO_MANY
        and len(words) <= 6
        and (s.left[:1] in ("、", "和") or s.text[s.left_start - 1 : s.left_start] == "，")
        and not words.startswith(tuple(VERBS))
    )


def _said_before(s: Scene) -> Matter | None:
    """举办“党务小课堂”，…，已办17讲: with 次 and 讲, what an earlier clause of the sentence named."""
    if (
        s.quantity is None
        or not (s.quantity.sort == "session" or s.quantity.unit == "人次")
        or s.preposed
        or len(_LIGHT_VERBS.sub("", trimmed(s.left))) > 4
    ):
        return None
    hits = [
        h
        for h in _hits(s, s.sentence_start, s.clause_start)
        if h.word.family not in _NOT_HELD and h.word.weight == STRONG
    ]
    return (
        Matter(_words_left(s) or hits[-1].word.text, hits[-1].word.family, hits[-1].word.kinds, "earlier_clause")
        if hits
        else None
    )


def _decide(s: Scene, left: list[_Hit], right: list[_Hit]) -> Matter | None:
    """The noun or verb that tells, then what its verb makes of it: 解决诉求 settles, 组建宣讲团 sets up."""
    found = _told(s, left, right)
    if found is None:
        return None
    opened = _opening_verb(s) if found.family in _OBJECTS and found.rule.endswith("noun_before") else None
    if opened is not None:
        return Matter(found.activity, opened, _kinds(left[:1]), "opening_verb")
    verbs = s.text[s.left_start : s.start]
    if found.family == "issue_found" and _SETTLES.search(verbs):
        return Matter(found.activity, "issue_rectified", (), "settled")
    q = s.quantity
    if q is not None and q.sort in ("place", "person") and found.family in _TEAMS and _SET_UP.search(verbs):
        return Matter(found.activity, "org_building", (), "set_up")
    return found


def _opening_verb(s: Scene) -> str | None:
    """培训村干部400人次, 整顿软弱涣散村党组织2个: people and bodies are told by what was done to them."""
    if s.quantity is None or s.quantity.sort not in ("person", "place", "house"):
        return None
    words = _FILLERS.sub("", s.left)
    for length in range(min(_LONGEST_VERB, len(words)), 1, -1):
        family = VERBS.get(words[:length])
        if family in _DONE_TO and not words.startswith("培养"):
            return family
    return None


def _actor(s: Scene) -> _Hit | None:
    """38名党员…参加志愿服务, 5个工作组先后走访42个村: who acts is told by what he did."""
    q = s.quantity
    if (
        q is None
        or q.sort not in ("person", "place")
        or len(_FILLERS.sub("", s.left)) > 6
        or not _DOER.match(s.text, s.end)
    ):
        return None
    until = min(s.clause_end, s.end + 40)
    done = _DOES.search(s.text, s.end, until)
    if done is None:
        return None
    hits = [
        h
        for h in _hits(s, done.start(), until)
        if h.word.weight == STRONG and h.word.family not in _OBJECTS and not _passing(s, h)
    ]
    return hits[-1] if hits and _DOES.search(s.text, s.end, hits[-1].end) else None


def _served(s: Scene, rights: list[_Hit]) -> _Hit | None:
    """为3名发展对象开展集中培训, 为37名老党员颁发纪念章: what was done for them, not who they are."""
    if not s.clause_left.endswith(("为", "给", "向", "对")) or len(rights) < 2:
        return None
    later = [h for h in rights[1:] if h.word.family not in _OBJECTS]
    return later[-1] if later and rights[0].at - s.end <= 2 else None


def _told(s: Scene, left: list[_Hit], right: list[_Hit]) -> Matter | None:
    preposed = s.preposed or s.quantity is None
    if s.quantity is not None and s.quantity.sort == "session":
        left, right = _held(left), _held(right)
    lefts = [h for h in left if h.word.weight == STRONG]
    rights = [h for h in right if h.word.weight == STRONG and not _passing(s, h)] if preposed else []
    if s.quantity is not None and s.quantity.sort == "session" and _GROUPS_MET.search(trimmed(s.left)):
        return Matter(_words_left(s), KINDS["group_meeting"].family, ("group_meeting",), "groups_met")
    if s.quantity is not None and s.quantity.sort == "session" and lefts and _adjacent(s, lefts[-1]):
        return _matter(s, lefts[-1], left, "noun_before")
    if preposed:
        if (
            s.quantity is not None
            and s.quantity.sort == "person"
            and s.clause_left.endswith(("支部有", "支部共有", "支部现有"))
            and _MEMBERS.match(s.right)
        ):
            return Matter(_activity_right(s), "people", (), "members_after")
        if s.quantity is not None and rights and s.clause_left.endswith(("把", "将")):
            return _matter(s, rights[-1], right, "ba_verb")
        served = _served(s, rights)
        if served is not None:
            return _matter(s, served, right, "done_for_them")
        doing = _actor(s)
        if doing is not None:
            return Matter(_activity_right(s), doing.word.family, doing.word.kinds, "what_they_did")
        verb = _verb_before(s)
        if verb is not None and not (rights and _adjoins(s, rights[0])):
            return Matter(_activity_right(s), verb, _kinds(lefts[-1:]), "verb_before")
        if rights:
            if rights[0].word.family == "issue_found" and _SETTLED.search(s.text[rights[0].end : s.clause_end]):
                return Matter(_activity_right(s), "issue_rectified", (), "settled")
            return _matter(s, rights[0], right, "noun_after")
    if left and left[-1].word.weight == WEAK and left[-1].word.family.startswith("issue") and _adjacent(s, left[-1]):
        return _matter(s, left[-1], left, "weak_head_before")  # 绿化养护等各类问题
    if lefts:
        if _MIXED.search(s.left) and len({h.word.family for h in lefts}) > 1:
            return Matter(_words_left(s), "activity", _kinds(lefts), "mixed_list")
        return _matter(s, _last(s, lefts), left, "noun_before")
    verb = _verb_before(s)
    if verb is not None:
        return Matter(_words_left(s), verb, (), "verb_before")
    rights = [h for h in right if h.word.weight == WEAK and not _passing(s, h)] if preposed else []
    lights = [h for h in left if h.word.weight == WEAK]
    if rights and (not lights or s.quantity is None or _adjoins(s, rights[0])):
        return _matter(s, rights[0], right, "weak_noun_after")
    if lights:
        return _matter(s, lights[-1], left, "weak_noun_before")
    return _matter(s, rights[0], right, "weak_noun_after") if rights else None


def _held(hits: list[_Hit]) -> list[_Hit]:
    """With 次 and 场 the words of meetings and studies count, and 领导小组 in 领导小组会议 or 委员 in 委员4次 does not."""
    held = [h for h in hits if h.word.family not in _NOT_HELD]
    return held or [h for h in hits if h.word.family not in _OBJECTS]


def _hits(s: Scene, start: int, end: int) -> list[_Hit]:
    return [_Hit(at, word) for at, word in INDEX.find(s.text, start, end)]


def _passing(s: Scene, hit: _Hit) -> bool:
    """A body that acts (72个支部委员会开展…) or a place (14个项目上建立…) is not what was counted."""
    if hit.word.text.endswith(_BODY) and (s.quantity is None or s.quantity.sort != "session"):
        return True
    return s.text.startswith(_LOCATIVE, hit.end)


def _adjacent(s: Scene, hit: _Hit) -> bool:
    gap = trimmed(s.text[hit.end : s.start]).strip("”\"》’'活动工作会议制度情况等共")
    return not gap


def _adjoins(s: Scene, hit: _Hit) -> bool:
    return hit.at - s.end <= 1


def _last(s: Scene, hits: list[_Hit]) -> _Hit:
    """The head of a Chinese phrase stands last; but people who were counted are told by what was done for them."""
    last = hits[-1]
    if last.word.family == "people" and len(hits) > 1 and hits[-2].word.family not in ("people", "org_building"):
        return (
            hits[-2]
            if hits[-2].word.weight == STRONG and s.quantity is not None and s.quantity.sort == "person"
            else last
        )
    return last


def _verb_before(s: Scene) -> str | None:
    before = trimmed(s.text[max(s.clause_start, s.start - 12) : s.start])
    if before.endswith(("了", "过")):
        before = before[:-1]
    for length in range(min(_LONGEST_VERB, len(before)), 0, -1):
        family = VERBS.get(before[-length:])
        if family is not None and not (family == "people" and s.quantity is not None and s.quantity.sort == "session"):
            return family
    return None


def _matter(s: Scene, hit: _Hit, hits: list[_Hit], rule: str) -> Matter:
    listed = _listed(s, hit, hits)
    activity = _activity_right(s) if hit.at >= s.end else _words_left(s)
    kinds = _kinds(listed)
    if kinds and hit.at < s.start and (shared := _shared_out(s)):
        kinds = tuple(dict.fromkeys((*_kinds(shared), *kinds)))
        activity = s.text[shared[0].at : s.clause_start] + activity
    if not kinds and hit.word.text in _STUDIED and "意识形态" in s.text[max(s.sentence_start, hit.at - 16) : hit.at]:
        kinds = (_STUDIED[hit.word.text],)
    return Matter(activity, hit.word.family, kinds, rule)


def _listed(s: Scene, head: _Hit, hits: list[_Hit]) -> list[_Hit]:
    """The head and what is listed with it: 固定学习日活动、主题党日和党员活动日."""
    index = next(i for i, h in enumerate(hits) if h.at == head.at)
    first = index
    while first > 0 and _joined(s, hits[first - 1], hits[first]):
        first -= 1
    last = index
    while last + 1 < len(hits) and _joined(s, hits[last], hits[last + 1]):
        last += 1
    listed = hits[first : last + 1]
    if head.word.text in GROUPS or len(listed) == 1:
        return listed
    return [h for h in listed if h.word.kinds] or [head]


def _shared_out(s: Scene) -> list[_Hit]:
    """主题党日，党员大会，党课各4次: kinds that stand alone in the clauses before share the 各."""
    if s.left_start > s.clause_start or not (s.text.startswith("各", s.start) or _EACH.search(s.left)):
        return []
    start, found = s.clause_start, list[_Hit]()
    while start > s.sentence_start and s.text[start - 1] == "，":
        left = last_of(s.text, CLAUSE_ENDS, s.sentence_start, start - 1)
        lead = _LEAD.match(s.text, left, start - 1)
        begins = lead.end() if lead else left
        here = [h for h in _hits(s, begins, start - 1) if h.word.kinds]
        rest = s.text[begins : start - 1]
        for hit in reversed(here):
            rest = rest[: hit.at - begins] + rest[hit.end - begins :]
        if not here or _LISTED.sub("", rest):
            break
        found, start = [*here, *found], left
        if lead:  # 召开主题党日，党员大会…: its verb begins the list
            break
    return found


def _joined(s: Scene, one: _Hit, two: _Hit) -> bool:
    gap = s.text[one.end : two.at]
    if len(gap) > 12:
        return False
    if "每" in gap or _COUNTED.search(gap):
        return False
    if gap in ("", "”", "“") or gap.strip('”“"活动工作等各类的党员支部') == "":
        return bool(one.word.kinds) and (gap != "" or not two.word.kinds or one.word.kinds != two.word.kinds)
    return bool(_LISTED.search(gap)) and not re.search(r"\d", gap)


def _kinds(hits: list[_Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for h in hits for kind in h.word.kinds))


def _words_left(s: Scene) -> str:
    words = trimmed(s.left).strip('，、；：。”“" ')
    mine = _MINE.match(words)
    if mine:  # 我讲党课: who gave the lecture is part of what was done
        return "我" + words[mine.end() :][-39:]
    return _ACTIVITY_EDGE.sub("", words, count=1)[-40:] or words[-40:]


def _words_right(s: Scene) -> str:
    return (
        s.text[s.end : min(s.right_end, s.clause_end) if s.clause_end > s.end else s.right_end]
        .split("，")[0]
        .strip('、；：。）”“"的 ')[:40]
    )


def _activity_right(s: Scene) -> str:
    return _words_right(s) or _words_left(s)


def _by_unit(s: Scene, left: list[_Hit], right: list[_Hit]) -> Matter:
    activity = (_words_right(s) if s.preposed else _words_left(s)) or _words_right(s)
    q = s.quantity
    if q is None:
        return Matter(activity, "other", (), "no_word")
    family = _UNIT_WORD.get(q.unit) or _UNIT_FAMILY[q.sort]
    return Matter(activity, family, (), "unit_alone")
