"""The class of a claim (性质): done work, a state, a plan, a rule. Each rule decides one thing and gives its name."""

from __future__ import annotations

import re

from youju.prose.scene import Scene
from youju.prose.vocabulary import INDEX, STRONG, VERBS

_PLAN_ON = re.compile(
    r"下一年度|下年度|新的一年|接下来|下一步|下步|下一阶段|明年|来年|今后|力争|争取(?:在|到|年底|实现|完成|用|达)|预计|计划(?:于|在|用|开展|组织|举办|发展|投入|新建|建设|召开|培训|实施|完成|打造|到|年内|再|新)"
    r"|拟(?:于|在|开展|组织|发展|投入|召开|举办|建|选|定于)|目标是|打算|有望|奋斗目标|准备(?:做|抓|在|用)|未来(?:一年|三年|五年)"
)
_PLAN_CLAUSE = re.compile(
    r"(?:^|[^把、把])将(?:继续|进一步|持续|不断|着力|重点|开展|组织|举办|召开|于|在|围绕|结合|实施|建设|推进|完成|新增|达到|投入|再|分|陆续|用|会|要|确保|每|通过|对|深入|全面|以)"
    r"|(?:^|[^认许])可(?:为|新增|带动|实现|增加|使|覆盖|容纳|解决|达)|准备(?:接收|发展|开展|吸收|召开|组织|转)|确保(?:年内|年底|全年|到)|要(?:确保|力争|达到|完成)|待(?:发展|转正)"
)
_PLAN_ON_AND_ON = re.compile(r"(?:^|[^把、把])将(?:继续|进一步|持续|开展|组织|举办|召开|围绕|实施|推进|完成|新增)|准备")
_PLAN_AFTER = re.compile(r"^[\u4e00-\u9fff]{0,4}(?:准备|拟|将|计划|即将)(?:接收|发展|开展|吸收|召开|转|于)")
_PLAN_NOUN = re.compile(
    r"(?:工作|学习|年度|发展|培训|教育|活动|行动|三年|五年|党建|轮训|落实|制定|按照?|根据)$"
)  # 学习计划 is a paper, not an intention
_PAST = re.compile(r"已经?|目前|共|累计|先后|现已|均已|业已")
_RULE_ON = re.compile(
    r"应当|应(?:每|于|在|至少|不少|定期|按|召开|由|为|设|有)|必须|不得|原则上|一般(?:每|为|不|由|应|在|设|情况|由)|须(?:经|每|在|由|有|于)|要求(?:各|每|全体|党|支|做到|参)"
    r"|规定(?:每|各|党|支|：|全|了每)|可(?:根据|视|随时|适当)|适时|需(?:经|在|每)|(?:条例|章程|办法|制度|细则)(?:明确)?(?:规定|要求|指出)|有.{0,8}以上.{0,6}(?:到会|出席|同意|赞成)方"
    r"|(?:按照?|根据|依照|依据)[^，。；]{0,12}规定，[^，。；]{0,16}每(?:年|月|季|周|半年)[^，。；]{0,4}(?:至少|不少于)[^，。；]{0,12}$"  # quotes the rule, tells no work
)
_MUST = re.compile(r"(?:支部|党员|干部|书记|委员|各级|单位|党组织|至少)要(?![求点素件闻害])(?:[^，。]{0,30})$")
_RULE_NOT = re.compile(
    r"坚持|严格(?:落实|执行|按照)|认真(?:落实|执行)|做到|我[们支]|已|全年|共|按照.{0,12}要求|按要求|根据.{0,12}要求|落实"
)
_STATE_VERB = re.compile(
    r"(?:现有|共有|下属|下设|下辖|辖区?有|设有|拥有|住有|内有|在册|登记在册|共辖|所辖|管辖|辖(?![区市])|占地|总人口|总面积|户籍|常住|编制数|核定编制|在编|在岗|现役|实有|现设|原有|常年有|包括|包含|涵盖|有|总数|其中)[^，。；有]{0,16}$"
)
_STATE_STRONG = re.compile(
    r"现有|下属|共有[^，。]{0,8}(?:党员|支部|党组织|职工|人口|村民|居民|干部|学生|教师|会员|员工)|下设|下辖|共辖|所辖|管辖|住有|总人口|户籍|常住|编制数|核定编制|在编|在岗|实有|在册|注册资金|成立于|坐落|毗邻"
)
_STATE_NOUN = re.compile(
    r"(?:党员|正式党员|预备党员|职工|教职工|人口|居民|村民|群众|党支部|党小组|党总支|基层党组织|村民小组|自然村|行政村|居民小组|小区|楼栋|干部|工作人员|户数|员工|教师|学生|班级|成员|会员|退休党员|女党员|流动党员|支部|委员)(?:共|总数|人数|仅|只有|约|近|为|：|共计|占|达)?$"
)
_SERIAL = re.compile(
    r"^[^，。、；]{0,2}(?:[\u4e00-\u9fff]*)(?:自认|参加|参与|报名|获|被|荣获|加入|走上|成为|递交|主动|认领|考取|提交|受到|承诺|签订|上台|作|进行|完成|通过|报到|走进|下沉|担任|当选|入选|转为|达到|实现|取得)"
)
_SUBJECT_AFTER = re.compile(
    r"(?:分别|先后|全部|也|都|均|已|深入|成立|建立|开展|召开|组织|参加|参与|完成|制定|实现|签订|走访|达到|获得|被|全面)"
)
_REGION = re.compile(r"(?:全[镇县市区乡村校院局街]|辖区内?|所属|下属|所辖|系统内?|组织辖区内?)的?$")
_ALREADY = re.compile(
    r"新(?:增|建|发展|成立|吸收|设|招|聘)|发展|培养|成立|组建|建立|打造|确定|评|选|整改|入库|新成立|累计|应到|实到"
)
_DOING = re.compile(
    r"接收|接诊|接待|转正|接转|转入|转出|吸收|新增|慰问|走访|培训|帮扶|服务|覆盖|惠及|组织|发动|教育|动员|处分|表彰|看望|谈话|约谈|提醒|联系|抽查|宣讲|受益|受惠"
    r"|参[加与会训学观赛]|获|选[派举聘树拔]|推[荐选]|储备|配[备强]|资助|救[助治]|带动|吸引|发放|辐射|招[募录聘]|解决|下沉|支援|到会|实到|应到|出席|报到|[缴捐献]|评[选为定]|确定"
    r"|查处|立案|撤换|调整|补选|清退|转移|安置|登记|采集|建档|核[查实]|收到|受理|调解|化解|开展|召开|成立|建立|设立|创建|打造|建成|完成|落实|处理|任命|引进|输送|转化|脱贫|命名|认定|授予"
)
_UNFINISHED = re.compile(r"(?:正在|尚未|仍在|还在|暂未)")
_COMPOSED = re.compile(r"[^，。；]{0,8}组成")
_WHOLE = re.compile(r"^全[村镇乡县市区校院局厂社][^，。；]{0,4}$")
_LAND = re.compile(
    r"^(?:全[村镇乡]|现有|共有|有|其中|人均|总)?(?:耕地|旱地|水田|土地|荒山|山场|山林|林地|果园|草场|水面)(?:面积)?(?:共|约|为|近|达)?$"
)
_MARKS, _OWED = (
    re.compile(r"扣|得\d|加\d"),
    re.compile(r"应(?:该|当)?(?:开展|召开|组织|完成|举办|学习)[^，。；、]{0,14}$"),
)
_HEAD_PLAN = re.compile(
    r"(?:[一二三四五六七八九十]+、|（.{1,3}）)?(?:下一?步|下一?阶段|下一?年度|接下来|今后|明年|来年|新的一年|\d{4}年[，,]?我(?:们|支部)?将)"
)
_QUOTED = re.compile(r"“[^“”]{0,12}”")
_STANDING = frozenset(("org_building", "people", "member_development"))
_GROUPS_TOGETHER = re.compile("党小组(?:共|合计|累计|一共|总共|分别)")
_SHORT = re.compile(r"(?:只有|仅有|只剩|不足|缺少|缺)[^，。]{0,4}$")


def plan_words(s: Scene) -> bool:
    """下一步, 力争, 将开展, 2名准备接收: said of the time to come."""
    begin = (
        max(s.text.rfind("。", max(0, s.start - 200), s.start), s.text.rfind("\n", max(0, s.start - 200), s.start)) + 1
    )
    left = s.text[max(begin, s.start - 200) : s.start]  # back over 一是…；二是…
    said = list(_PLAN_ON.finditer(left))
    if said and not _PAST.search(left, said[-1].end()):
        on = said[-1]
        named = on[0].startswith("计划") and bool(_PLAN_NOUN.search(left[: on.start()]))
        if not named:
            return True
    return bool(_PLAN_CLAUSE.search(s.clause_left)) or bool(_PLAN_AFTER.match(s.right))


def paragraph_plan(s: Scene) -> bool:
    """下一步，我们… at the head of the paragraph holds to its end."""
    begin = s.text.rfind("\n", max(0, s.start - 600), s.start) + 1
    return bool(_HEAD_PLAN.match(s.text, begin, begin + 14))


def rule_words(s: Scene) -> bool:
    """应当, 必须, 一般每年, 不得少于: says what is to be, unless the sentence says it was kept."""
    until = s.start + 1 if s.quantity is None else s.quantity.number  # 每年…不得少于32学时, 一般每年
    left = s.text[s.sentence_start : max(until, s.start + 1)]
    if _MUST.search(left):
        return True
    return bool(_RULE_ON.search(left)) and not _RULE_NOT.search(left)


def scored_rule(s: Scene) -> bool:
    """每少1次扣2分: how marks are given."""
    return bool(_MARKS.search(s.text, s.clause_start, s.clause_end)) and bool(
        re.search(r"分(?:$|[，。；、）])", s.text[s.end : s.clause_end + 1])
    )


def state_verb(s: Scene) -> bool:
    """现有党员61名, 下设3个党小组: how things stand, unless somebody did something (有15人报名)."""
    q = s.quantity
    if (
        q is None
        or q.sort in ("session", "share", "money")
        or (q.sort == "paper" and not s.right.startswith(("街", "路", "巷")))
    ):
        return False
    near = s.text[max(s.clause_start, s.start - 24) : s.start]
    found = _STATE_VERB.search(near)
    if found is None:
        return False
    if _ALREADY.search(near) and not _STATE_STRONG.search(near):
        return False
    if s.preposed and _SERIAL.match(s.right):
        return False
    if found[0].startswith("有") and s.text[s.clause_start : s.start].endswith(("还" + found[0], "又" + found[0])):
        return False
    if re.search(r"积极分子|发展对象", s.clause) and not _STATE_STRONG.search(s.sentence_left):
        return False
    if found[0].startswith(("其中", "包括", "包含")):
        return _carried_state(s) and not _SUBJECT_AFTER.search(s.right)
    if found[0].startswith("有") and not _STATE_STRONG.search(near):
        return q.sort in ("person", "house", "place") and not _SUBJECT_AFTER.search(s.right)
    return True


def _carried_state(s: Scene) -> bool:
    return bool(_STATE_STRONG.search(s.sentence_left))


def state_noun(s: Scene, previous: str | None) -> bool:
    """共有党员24人（其中离退休党员7人）: heads counted without a verb of doing."""
    q = s.quantity
    if q is None or q.sort not in ("person", "house", "place"):
        return False
    near = s.text[max(s.left_start, s.start - 16) : s.start]
    if (s.preposed and _SUBJECT_AFTER.search(s.text[s.end : min(s.clause_end, s.end + 24)])) or re.match(
        r"参[加与]", s.right
    ):
        return False
    if re.search(r"后备|优秀|先进|困难", near) or not _STATE_NOUN.search(near) or _ALREADY.search(s.clause_left):
        return False
    if _DOING.search(_unquoted(s.clause_left)):
        return False
    if _STATE_STRONG.search(s.sentence_left) or s.text[s.clause_start - 1 : s.clause_start] == "（":
        return True
    return previous != "work" and len(s.clause_left) <= 12 and not _acts(s)


def _unquoted(words: str) -> str:
    return _QUOTED.sub("", words)


def _acts(s: Scene) -> bool:
    """The clause names something done, so its heads are those it was done for."""
    if s.clause_left.startswith(tuple(VERBS)):
        return True
    words = INDEX.find(s.text, s.clause_start, s.start)
    return any(word.weight == STRONG and word.family not in _STANDING for _, word in words)


def composed(s: Scene) -> bool:
    """由5人组成, 设书记1名: of whom a body is made."""
    if _COMPOSED.match(s.text, s.end, s.clause_end):
        return "由" in s.clause_left[-8:] and not _ALREADY.search(s.clause_left)
    if (
        s.quantity is None
        or s.quantity.sort != "person"
        or s.text[s.start - 2 : s.start] not in ("书记", "委员", "组长")
    ):
        return False
    return bool(
        re.search(
            r"(?:^|[，；、])(?:设|其中)?(?:副?书记|(?:支部|支委会|组织|宣传|纪检|支委)?委员|党小组长)$",
            s.text[max(s.sentence_start, s.start - 8) : s.start],
        )
    ) and bool(re.search(r"组成|(?:[，；]|^)设", s.sentence_left))


def state_region(s: Scene) -> bool:
    """辖区内72个村级党支部: those who are there, when the doing is said of somebody else."""
    q = s.quantity
    if q is None or q.sort not in ("place", "person", "house"):
        return False
    near = s.text[max(s.clause_start, s.start - 6) : s.start]
    return bool(_REGION.search(near) and s.preposed and re.search(r"组织|对|向|在", s.clause_left))


def state_all(s: Scene) -> bool:
    """全村187户, 646人; 耕地900亩: what there is of people and land."""
    q = s.quantity
    if q is None or s.preposed:
        return False
    if q.sort == "measure":
        return bool(_LAND.search(s.clause_left))
    return q.sort in ("person", "house", "place") and bool(_WHOLE.search(s.clause_left))


def state_subject(s: Scene) -> bool:
    """某社区9个居民小区，…: a place, a number and what it is made of, and nothing done."""
    q = s.quantity
    if q is None or q.sort not in ("place", "person", "house") or not s.preposed:
        return False
    if not re.match(
        r"(?:居民小区|小区|村民小组|自然村|行政村|居民小组|党小组|党支部|网格|楼栋|村|社区|村（社区）|在职党员|正式党员|预备党员)(?:$|[，。；、）])",
        s.text[s.end : s.clause_end + 1],
    ):
        return False
    if _SUBJECT_AFTER.search(s.text[s.end : s.clause_end]):  # 全镇38个党支部、1200名党员参加
        return False
    return bool(re.search(r"[社区村镇街乡县市局校院司部厂]$", s.clause_left)) and len(s.clause_left) <= 12


def state_list(s: Scene, previous: str | None) -> bool:
    """辖区内72个村级党支部，13个机关党支部: goes on a list of what is there."""
    if previous != "state" or s.quantity is None or s.quantity.sort not in ("person", "house", "place", "measure"):
        return False
    if s.sentence_start == s.clause_start and s.text[s.clause_start - 1 : s.clause_start] not in "（，":
        return False
    if _ALREADY.search(s.clause_left) or _DOING.search(_unquoted(s.clause_left)) or _SUBJECT_AFTER.search(s.right[:8]):
        return False
    return len(s.left) <= 16 or s.left.endswith(("分别是", "分别为"))


def lack(s: Scene) -> bool:
    """只有一名兼职党务工作者: a shortcoming, not work."""
    q = s.quantity
    return (
        q is not None
        and q.sort in ("person", "place")
        and bool(_SHORT.search(s.text[max(s.clause_start, s.start - 6) : s.start]))
    )


def state_money(s: Scene) -> bool:
    """注册资金5000万元, 总资产3亿元: what a company is worth."""
    q = s.quantity
    return (
        q is not None
        and q.sort == "money"
        and bool(re.search(r"(?:注册资[金本]|总资产|固定资产|地区生产总值|年?总产值)(?:达|为|约|共)*$", s.clause_left))
    )


def share_of_all(s: Scene) -> bool:
    """占全县总人口的一半, 占国内市场份额三成: where something stands, no work of the branch."""
    q = s.quantity
    if q is None or q.sort != "share" or not q.chinese:
        return False
    return bool(
        re.search(r"占(?:据|了|领)?[^，。]{0,8}$", s.text[max(s.clause_start, s.start - 10) : s.start])
    ) and bool(re.search(r"份额|市场|人口|面积|江山", s.clause))


def share_of_state(s: Scene, previous: str | None) -> bool:
    """现有党员78名，其中女党员8人，占10.3%: the share of what is there."""
    q = s.quantity
    if q is None or q.sort != "share":
        return False
    if re.search(r"岁以[下上]的?|学历的?|女性|[男女]党员|少数民族", s.clause_left) and "占" in s.clause_left[-6:]:
        return True
    if previous != "state":
        return False
    return bool(re.search(r"占[^，。]{0,9}$", s.text[max(s.clause_start, s.start - 10) : s.start]))


def owed(s: Scene) -> bool:
    """全年应开展12次，实际开展14次: what was due, not what was done."""
    return bool(_OWED.search(s.clause_left))


def partitive(s: Scene) -> bool:
    """11个支部中，…; 三个党小组共开会33次: the whole of which parts are told."""
    q = s.quantity
    if q is None or q.sort not in ("place", "person", "house") or not s.preposed:
        return False
    if re.search(r"占[^，。；]{0,6}$", s.clause_left) and re.match(r"[^，。、；]{1,6}的", s.right):  # 占三个支部的六成
        return True
    if _GROUPS_TOGETHER.match(s.right):
        return True
    return bool(re.match(r"[^，。；、]{1,8}[中里]，", s.text[s.end : s.clause_end + 1])) and len(s.clause_left) <= 4


def mean_age(s: Scene) -> bool:
    """平均年龄33岁 says how things stand; 平均年龄下降到42岁 was brought about."""
    q = s.quantity
    return q is not None and q.unit in ("岁", "周岁") and not re.search(r"[降减缩]|年轻", s.clause_left)


def unfinished(s: Scene) -> bool:
    """其余7条正在推进: not done yet."""
    return s.quantity is not None and bool(_UNFINISHED.match(s.right))


def plan_goes_on(s: Scene) -> bool:
    """将开展比武2次，每季度评选3名: what will be done goes on to the end of its sentence."""
    return bool(_PLAN_ON_AND_ON.search(s.sentence_left)) and not _PAST.search(s.clause_left)


_PLANS = (plan_words, paragraph_plan)
_RULES = (rule_words, owed, scored_rule)
_STATES = (
    lack,
    unfinished,
    state_verb,
    composed,
    state_region,
    state_all,
    state_subject,
    state_money,
    share_of_all,
    partitive,
    mean_age,
)
_STATES_AFTER = (state_noun, state_list, share_of_state)


def class_of(s: Scene, previous: str | None) -> tuple[str, str]:
    """The class, and the name of the rule that decided."""
    if s.section in ("plan", "rule"):
        return s.section, f"{s.section}_section"
    for rule in _PLANS:
        if rule(s):
            return "plan", rule.__name__
    if previous == "plan" and plan_goes_on(s):
        return "plan", "plan_goes_on"
    for rule in _RULES:
        if rule(s):
            return "rule", rule.__name__
    if s.section == "shortcoming":
        return "state", "shortcoming_section"
    if s.quantity is None or s.quantity.sort == "session":  # how often is done, never how things stand
        return "work", "done"
    for rule in _STATES:
        if rule(s):
            return "state", rule.__name__
    for follows in _STATES_AFTER:
        if follows(s, previous):
            return "state", follows.__name__
    if s.section == "state" and s.quantity.sort in ("person", "house", "place", "measure"):
        return "state", "state_section"
    return "work", "done"
