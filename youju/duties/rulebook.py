"""The rule packs, read and checked once at start-up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from youju.figures.catalogue import FIGURES
from youju.figures.figure import Figure, Measure
from youju.kit.datafile import Located
from youju.kit.schema import Strict, validated
from youju.people.terms.values import LONGEST_TERM
from youju.prose.vocabulary import KINDS
from youju.records.talks.values import Requirement

LONGEST_WORDING = 40  # key words of a regulation, not its text

EVERY = {
    "monthly": "每月",
    "quarterly": "每季度",
    "half_yearly": "每半年",
    "yearly": "每年",
    "state": "",
    "term": "每届",
}
EACH = {"own": "", "each_group": "每组", "each_member": "每人"}
SEEN_ZH = {
    "two": "两份以上文本一致",
    "one": "只见到一份文本",
    "second_hand": "只见到二手材料",
    "memory": "没有见到原文",
    "own": "本地自己规定",
}


class Source(Strict):
    """Where rules are written. ``local``: not a regulation of the Party but what a unit or place says itself."""

    title: str = Field(min_length=1)
    short: str = Field(min_length=1)
    local: bool = False
    note: str = ""  # what is to be known of it: its term is over, it is not public


class Rule(Strict):
    """一条规则: a figure, a target and a rhythm, with where it is written and how hard it is."""

    id: str
    title: str = Field(min_length=1)
    short: str = ""
    source: str
    article: int | None = Field(ge=1)
    article_sure: bool = True
    wording: str
    strength: Literal["soft", "hard"]
    seen: Literal["two", "one", "second_hand", "memory", "own"]
    condition: Literal["always", "committee_exists", "groups_exist"] = "always"
    permanent: bool = False
    formal_at_least: int | None = Field(None, ge=1)
    term_years: tuple[int, ...] = ()
    figure: str
    target: int = Field(1, ge=1)
    rhythm: Literal["monthly", "quarterly", "half_yearly", "yearly", "state", "term"]
    over: Literal["own", "each_group", "each_member"] = "own"
    whose: Literal["members", "committee"] = "members"
    window: int | None = None
    opens_month: int | None = Field(None, ge=1, le=12)
    held_until_month: int | None = None
    months_before: int = Field(6, ge=1, le=12)
    default: bool = True
    talks: bool = False  # judged by who talked with whom: its three requirements may be switched one by one
    verified: bool = False
    verb: Literal["record_activity", "appoint_committee", "state_term"] = "record_activity"
    kinds: tuple[str, ...] = ()
    note: str = ""

    @field_validator("id")
    @classmethod
    def id_fits_an_address(cls, value: str) -> str:
        if not value.replace("_", "").isalnum() or not value.isascii():
            raise ValueError("id 只能用英文字母、数字和下划线。")
        return value

    @field_validator("wording")
    @classmethod
    def wording_is_key_words(cls, value: str) -> str:
        if not 0 < len(value) <= LONGEST_WORDING:
            raise ValueError(f"只写关键词，1 到 {LONGEST_WORDING} 字，现在 {len(value)} 字。")
        return value

    @field_validator("window")
    @classmethod
    def window_lies_in_the_year(cls, value: int | None) -> int | None:
        if value is not None and not 1 <= value <= 4:
            raise ValueError("window 是第几季度，只能是 1 到 4。")
        return value

    @field_validator("held_until_month")
    @classmethod
    def grace_lies_in_the_next_year(cls, value: int | None) -> int | None:
        if value is not None and not 1 <= value <= 12:
            raise ValueError("held_until_month 是次年几月，只能是 1 到 12。")
        return value

    @property
    def label(self) -> str:
        """The name where there is little room."""
        return self.short or self.title

    @property
    def soft(self) -> bool:
        return self.strength == "soft"

    @property
    def of_hours(self) -> bool:
        """Asked in 学时 of each member, in proportion to his days, not in times."""
        return FIGURES[self.figure].of == "hours"

    @property
    def rhythm_zh(self) -> str:
        """每月每组1次, 每年每人32学时; of a state nothing is repeated."""
        if self.rhythm == "state":
            return ""
        return f"{EVERY[self.rhythm]}{EACH[self.over]}{self.target}{'学时' if self.of_hours else '次'}"

    @property
    def origin(self) -> Source:
        return SOURCES[self.source]

    @property
    def article_zh(self) -> str:
        if self.article is None:
            return "" if self.origin.local else "条号待核"
        return f"第{self.article}条" + ("" if self.article_sure else "（条号待核）")

    @property
    def basis(self) -> str:
        """《支部工作条例》第12条."""
        return self.origin.title if self.origin.local else f"《{self.origin.short}》{self.article_zh}"

    @property
    def seen_zh(self) -> str:
        """How sure the wording is; nothing here was read on an official site."""
        return "已与官方文本核对" if self.verified else SEEN_ZH[self.seen]


class UnitRule(Rule):
    """A rule that a unit made for itself and all under it, with its own words for a basis."""

    said: str

    @property
    def basis(self) -> str:
        return self.said


class Pack(Strict):
    id: str
    title: str
    sources: dict[str, Source]
    rules: tuple[Rule, ...]


PACKS_FOLDER = Path(__file__).with_name("packs")


def read_packs(paths: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs of these files. Raises DataFault naming file, line and key."""
    packs: list[Pack] = []
    seen: set[str] = set()
    for path in paths:
        pack, located = validated(path, Pack)
        for index, rule in enumerate(pack.rules):
            _check(rule, pack, located, index)
            if rule.id in seen:
                raise located.fault(("rules", index, "id"), f"规则“{rule.id}”写了两次。")
            seen.add(rule.id)
        packs.append(pack)
    return tuple(packs)


def _check(rule: Rule, pack: Pack, located: Located, index: int) -> None:
    """What one rule says of things outside itself."""
    faults = (("source", rule.source not in pack.sources, f"sources 里没有 {rule.source}。"), *faults_of(rule))
    for key, wrong, sentence in faults:
        if wrong:
            raise located.fault(("rules", index, key), sentence)


def in_times(figure: Figure) -> bool:
    """A number of times, of sessions by their kinds: what they say of themselves is not loaded for what is owed."""
    return figure.measure is Measure.COUNT and figure.unit == "次" and not figure.told


def faults_of(rule: Rule) -> Iterable[tuple[str, bool, str]]:
    """What cannot be, by the key at fault; the same for a file and for a rule that a unit types."""
    known = rule.figure in FIGURES
    hours, yearly = known and rule.of_hours, rule.rhythm == "yearly"
    term = rule.rhythm == "term"
    counted = known and (hours or in_times(FIGURES[rule.figure]))
    state, of_groups = rule.rhythm == "state", rule.over == "each_group"
    yield "figure", not known, f"指标目录里没有“{rule.figure}”。"
    yield "figure", known and not state and not counted, f"“{rule.figure}”不按次数或学时计，不能作规则。"
    yield (
        "figure",
        known and term != (FIGURES[rule.figure].of == "term"),
        "每届一次的规则只能用换届选举次数，它也只能用在这里。",
    )
    yield "kinds", any(kind not in KINDS for kind in rule.kinds), "有词表 kinds.yaml 里没有的种类。"
    yield "over", of_groups and rule.condition != "groups_exist", "每组一次的规则要写 condition: groups_exist。"
    yield (
        "over",
        hours and not (rule.over == "each_member" and yearly),
        "学时按人按年要求，写 over: each_member 和 rhythm: yearly。",
    )
    yield "talks", rule.talks and not (rule.over == "each_member" and yearly), "talks 只用于每年每人的规则。"
    yield "whose", rule.whose == "committee" and not hours, "whose: committee 只用于学时。"
    yield "window", rule.window is not None and not yearly, "只有每年一次的规则才有 window。"
    yield "opens_month", rule.opens_month is not None and not yearly, "只有每年一次的规则才有 opens_month。"
    yield "opens_month", None not in (rule.opens_month, rule.window), "window 和 opens_month 只写一个。"
    yield (
        "held_until_month",
        rule.held_until_month is not None and not _by_year(rule),
        "只有按所属年度计、每年一次的指标才能延到次年。",
    )
    yield "term_years", bool(rule.term_years) and not term, "term_years 只用于每届一次的规则。"
    yield (
        "term_years",
        any(not 1 <= years <= LONGEST_TERM for years in rule.term_years),
        f"任期只能是 1 到 {LONGEST_TERM} 年。",
    )
    yield "formal_at_least", rule.formal_at_least is not None and not state, "formal_at_least 只用于 rhythm: state。"


def _by_year(rule: Rule) -> bool:
    figure = FIGURES.get(rule.figure)
    return rule.rhythm == "yearly" and figure is not None and figure.dated_by == "for_year"


def _place(path: Path) -> tuple[int, str]:
    return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.stem)


#: The order in which rules are listed: the life of the branch first, what units add to it last.
ORDER = ("party_branch_regulations", "education", "election", "appraisal", "ideology", "integrity", "local_rules")
_FILES = sorted(PACKS_FOLDER.glob("*.yaml"), key=_place)

PACKS: tuple[Pack, ...] = read_packs(_FILES)
SOURCES: dict[str, Source] = {key: source for pack in PACKS for key, source in pack.sources.items()}
RULES: dict[str, Rule] = {rule.id: rule for pack in PACKS for rule in pack.rules}


def switch_of(rule_id: str, requirement: Requirement) -> str:
    """The name under which one requirement of a rule of talks is switched on and off."""
    return f"{rule_id}_{requirement.value}"


SWITCHES = frozenset(switch_of(rule.id, one) for rule in RULES.values() if rule.talks for one in Requirement)
