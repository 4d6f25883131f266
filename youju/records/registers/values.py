"""Plain values of registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youju.paper.reading.columns import Column
from youju.records.registers.kinds import REGISTERS


@dataclass(frozen=True)
class SubjectDraft:
    """What is typed about one entry. ``place_id`` is the entry it lies in; ``paired_words`` a unit, ``partner_id`` a member."""

    kind: str
    code: str
    name: str = ""
    since: date = date.min
    until: date | None = None
    place_id: int | None = None
    partner_id: int | None = None
    paired_words: str = ""
    paired_since: date | None = None
    paired_until: date | None = None
    note: str = ""


SUBJECT_COLUMNS = (
    Column(
        "kind", "名册", ("种类", "类别", "类型", "对象类型"), needed=True, example="村", width=14,
        hint=f"写：{'、'.join(kind.zh for kind in REGISTERS.values())}。", choices=tuple(k.zh for k in REGISTERS.values()),
    ),
    Column(
        "code", "编号", ("代码", "门牌", "门牌号", "户号", "户编号", "对象编号"), needed=True, example="V01", width=12,
        hint="同一名册里不重复；再导入一次时按它认是不是同一个。不写身份证号、电话号码。",
    ),
    Column(
        "name", "名称", ("对象名称", "村名", "户主姓氏", "名字"), example="河湾村", width=24,
        hint="户可不填；要填只写姓氏或户主称呼，如“李户”，不写全名、电话、身份证号。",
    ),
    Column("place", "所在", ("所在村", "属于", "所属村"), width=14, hint="户、合作社等在哪个村：写村的编号或名称，村要先在名册里。"),
    Column(
        "since", "列入日期", ("自", "列入", "起始日期", "登记日期"), kind="day", needed=True, example="2026-01-01", width=13,
        hint="从哪一天起在名册上；覆盖率按当天在册的算。",
    ),
    Column("until", "移出日期", ("至", "移出", "退出日期"), kind="day", width=13, hint="从哪一天起不在名册上；还在的留空。"),
    Column("partner", "结对党员", ("结对人", "帮扶人", "结对责任人"), width=12, hint="本组织党员的姓名。只有村、户可以结对。"),
    Column("paired_words", "结对单位", ("帮扶单位",), width=18, hint="结对的是单位或党小组的，写名称。"),
    Column("paired_since", "结对日期", ("结对时间",), kind="day", width=13, hint="留空同列入日期。"),
    Column("note", "备注", ("说明",), width=24, hint="不写电话、证件号、收入、病情。"),
)  # fmt: skip
