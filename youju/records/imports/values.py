"""The columns of the session table, and one row as it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from youju.paper.reading.columns import Column
from youju.records.activities.values import ActivityDraft, AgendaDraft, LeaveCategory
from youju.records.facets.values import Facets
from youju.records.sources.values import Said

SESSION_COLUMNS = (
    Column(
        "day", "日期", ("时间日期", "活动日期", "会议日期", "召开日期", "开展日期", "活动时间", "会议时间", "时间"),
        kind="day", needed=True, hint="写成 2023-03-05 这样。", example="2023-03-05", width=13,
    ),
    Column("start", "开始", ("开始时间", "起始时间", "起"), kind="hour", needed=True, hint="24 小时制，如 14:30。", example="14:30", width=9),
    Column("end", "结束", ("结束时间", "终止时间", "止"), kind="hour", hint="没有记的留空。", example="16:00", width=9),
    Column(
        "kinds", "类型", ("会议类型", "活动类型", "会议类别", "类别", "活动类别", "种类"), needed=True,
        hint="可多个，用顿号分开，第一个决定编号，如：主题党日、党课。", example="党员大会、党课", width=18,
    ),
    Column(
        "title", "主题", ("会议主题", "活动主题", "会议名称", "活动名称", "内容", "主要内容"), needed=True,
        hint="最多 120 字。", example="学习党章并讨论年度计划", width=32,
    ),
    Column("host", "主办", ("主办组织", "党小组", "所在党小组", "组织"), hint="党小组开的会写哪个党小组；留空是支部。", width=16),
    Column("place", "地点", ("会议地点", "活动地点", "场所"), example="二楼会议室", width=14),
    Column("chair", "主持人", ("主持",), hint="当天在册的党员姓名。", width=10),
    Column("recorder", "记录人", ("记录", "记录员"), width=10),
    Column("lecturer", "授课人", ("主讲人", "讲课人", "授课", "主讲"), width=10),
    Column("led", "领学人", ("领学", "领学人员", "带学人"), hint="到会的人里谁领学，多个用顿号分开。", width=14),
    Column(
        "spoke", "发言人", ("发言", "发言人员", "研讨发言", "研讨发言人", "交流发言人"),
        hint="到会的人里谁发言，只写姓名，用顿号分开。", width=22,
    ),
    Column("expected", "应到", ("应到人数", "应参加人数", "应到会人数"), hint="可不填。填了就和名册当天的人数核对。", width=8),
    Column(
        "leave", "请假人员", ("请假", "请假名单", "请假人员及原因"),
        hint="姓名和类别，如：张某（公出）、李某 病假。类别：公出、病假、事假、外出流动、其他。", width=22,
    ),
    Column("absent", "缺席人员", ("缺席", "缺席名单", "未到人员"), hint="姓名，用顿号分开。没写请假也没写缺席的算到会。", width=16),
    Column("present", "参加人员", ("到会人员", "参会人员", "参加人"), hint="只有谈心谈话、走访、志愿服务等没有应到名单的才填。", width=18),
    Column(
        "guests", "列席和来宾", ("列席", "列席人员", "列席等", "来宾"),
        hint="不计应到。写成：列席：李某（县妇联）；特邀：王某；群众5人。", width=22,
    ),
    Column("agenda", "议题", ("会议议题", "议程", "会议议程"), hint="多个议题分行写，或用分号分开。", width=30),
    Column("resolutions", "决议", ("会议决议", "决议事项", "形成决议"), hint="和议题一一对应，没有决议的议题写“无”；只有一个议题时可写多条。", width=30),
    Column("outcome", "成效", ("活动成效", "会议成效", "效果", "落实情况"), width=30),
    Column("forms", "活动形式", ("形式", "学习形式"), hint="如：集中学习、观看影像、知识竞赛。", width=16),
    Column("topics", "专题", ("学习专题", "活动专题"), hint="多个用顿号分开，如：二十大精神、廉政。", width=18),
    Column("groups", "面向", ("面向人群", "对象范围"), hint="这次活动是给谁办的，如：青年党员、群众。", width=14),
    Column("business", "结合业务", ("结合业务事项", "业务事项"), hint="结合了哪项业务，多个用顿号分开。", width=18),
    Column("studied", "学习材料", ("学习内容材料", "学习篇目"), hint="多份用分号分开；其中一篇写成：《名称》篇目。", width=28),
    Column("for_year", "所属年度", ("年度",), hint="只有补开上一年度的才填，如 2022。", width=10),
    Column(
        "transcribed_from", "转录自", ("出处", "来源", "转录自纸质台账", "页码"),
        hint="往年的写明哪一本哪几页；写了就不算补录。", example="2023年会议记录本第12页", width=24,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Leave:
    """Somebody who asked for leave, as written: a name, and a category if one was given."""

    name: str
    category: LeaveCategory | None


@dataclass(frozen=True)
class Reading:
    """A row as its cells say it; names are still names."""

    day: date
    start: time
    end: time | None
    kinds: tuple[str, ...]
    title: str
    host: str
    place: str
    chair: str
    recorder: str
    lecturer: str
    led: tuple[str, ...]
    spoke: tuple[str, ...]
    expected: int | None
    leave: tuple[Leave, ...]
    absent: tuple[str, ...]
    present: tuple[str, ...]
    guests: str
    agenda: tuple[AgendaDraft, ...]
    outcome: str
    facets: Facets
    studied: tuple[Said, ...]
    for_year: int | None
    transcribed_from: str


@dataclass(frozen=True)
class SessionRow:
    """A row that can be recorded. ``key`` stands for day, start, title, kinds and host: the same row has the same key."""

    unit_id: int
    draft: ActivityDraft
    key: str
