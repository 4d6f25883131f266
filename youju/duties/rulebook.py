"""The rule packs, read and checked once at start-up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from youju.figures.catalogue import FIGURES
from youju.kit.datafile import Located
from youju.kit.schema import Strict, validated
from youju.prose.vocabulary import KINDS

LONGEST_WORDING = 40  # key words of a regulation, not its text

EVERY = {"monthly": "每月", "quarterly": "每季度", "yearly": "每年", "state": ""}
EACH = {"own": "", "each_group": "每组", "each_member": "每人"}


class Source(Strict):
    title: str
    short: str


class Rule(Strict):
    """一条规则: a figure, a target and a rhythm, with where it is written and how hard it is."""

    id: str
    title: str
    short: str = ""
    source: str
    article: int | None
    article_sure: bool = True
    wording: str
    strength: Literal["soft", "hard"]
    condition: Literal["always", "committee_exists", "groups_exist"] = "always"
    formal_at_least: int | None = Field(None, ge=1)
    figure: str
    target: int = Field(1, ge=1)
    rhythm: Literal["monthly", "quarterly", "yearly", "state"]
    over: Literal["own", "each_group", "each_member"] = "own"
    window: int | None = None
    held_until_month: int | None = None
    default: bool = True
    verified: bool = False
    verb: Literal["record_activity", "appoint_committee"] = "record_activity"
    kinds: tuple[str, ...] = ()

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
    def rhythm_zh(self) -> str:
        """每月每组1次; of a state nothing is repeated."""
        if self.rhythm == "state":
            return ""
        return f"{EVERY[self.rhythm]}{EACH[self.over]}{self.target}次"

    @property
    def origin(self) -> Source:
        return SOURCES[self.source]

    @property
    def article_zh(self) -> str:
        if self.article is None:
            return "条号待核" if self.default else ""
        return f"第{self.article}条" + ("" if self.article_sure else "（条号待核）")

    @property
    def basis(self) -> str:
        """《支部工作条例》第12条."""
        return f"《{self.origin.short}》{self.article_zh}" if self.default else self.origin.title


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
    of_groups, held_later = rule.over == "each_group", rule.held_until_month is not None
    faults = (
        ("source", rule.source not in pack.sources, f"sources 里没有 {rule.source}。"),
        ("figure", rule.figure not in FIGURES, f"指标目录里没有“{rule.figure}”。"),
        ("kinds", any(kind not in KINDS for kind in rule.kinds), "有词表 kinds.yaml 里没有的种类。"),
        ("over", of_groups and rule.condition != "groups_exist", "每组一次的规则要写 condition: groups_exist。"),
        ("window", rule.window is not None and rule.rhythm != "yearly", "只有每年一次的规则才有 window。"),
        ("held_until_month", held_later and not _by_year(rule), "只有按所属年度计、每年一次的指标才能延到次年。"),
    )
    for key, wrong, sentence in faults:
        if wrong:
            raise located.fault(("rules", index, key), sentence)


def _by_year(rule: Rule) -> bool:
    figure = FIGURES.get(rule.figure)
    return rule.rhythm == "yearly" and figure is not None and figure.dated_by == "for_year"


# The regulations first, what units add to them after.
_FILES = sorted(PACKS_FOLDER.glob("*.yaml"), key=lambda path: (path.stem == "local_rules", path.stem))

PACKS: tuple[Pack, ...] = read_packs(_FILES)
SOURCES: dict[str, Source] = {key: source for pack in PACKS for key, source in pack.sources.items()}
RULES: dict[str, Rule] = {rule.id: rule for pack in PACKS for rule in pack.rules}
