"""What people type in the search box, read. Nothing is refused: what cannot be read is read as best as can be, and said.

    党建引领 基层治理          both            三会一课 OR 主题党日      either (或, |)
    "开展 主题党日"            as one          党课 -讲稿                not that (不含, NOT)
    (党建 或 党务) 总结        together        标题:党课 小标题:学习     in the title, in a heading
    年:2022..2024 文种:总结    filters         首字母:dkgz               letters that begin the title's characters

“不含” binds most, then words side by side, then “或”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from youju.library.folding.rules import fold
from youju.library.search.values import (
    UNKNOWN,
    And,
    Anything,
    Initials,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    Query,
    Years,
)

#: What the values of a facet are called: facet → name → id. Names of facets nobody tells are taken for ids.
Names = Mapping[str, Mapping[str, str]]

MOST_LETTERS = 1000
MOST_WORDS = 100
DEEPEST = 20

FIELDS = {
    "标题": "title", "题目": "title", "title": "title",
    "小标题": "headings", "章节": "headings", "heading": "headings", "headings": "headings",
    "年": "year", "年份": "year", "年度": "year", "year": "year",
    "文种": "genre", "genre": "genre",
    "领域": "sector", "行业": "sector", "sector": "sector",
    "来源": "origin", "source": "origin", "origin": "origin",
    "首字母": "initials", "拼音": "initials", "pinyin": "initials", "initials": "initials",
}  # fmt: skip
_PLACES = {"title", "headings"}
_ZH = {"year": "年份", "genre": "文种", "sector": "领域", "origin": "来源"}
_FIELD = re.compile(rf"({'|'.join(sorted(FIELDS, key=len, reverse=True))})[:：]", re.IGNORECASE)

_CLOSED_BY = {"“": "”“\"＂„", '"': "\"“”＂", "＂": "＂\"“”", "„": "”“\"", "”": "”“\"", "「": "」", "『": "』"}  # fmt: skip
_OPEN, _CLOSE = "(（", ")）"
_MINUS = "-−－–"
_ORS, _ANDS, _NOTS = {"OR", "或", "或者", "|", "||", "｜"}, {"AND", "且", "并且", "&", "&&"}, {"NOT", "不含"}
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"({_YEAR})?年?(?:\.\.+|…+|[-−–—~～至到]+)({_YEAR})?年?度?")
_ONE_YEAR = re.compile(rf"({_YEAR})年?度?")
_UNTOLD = {"无", "未知", "不明"}
_BETWEEN = re.compile(r"[,，、|｜/]")


def read(text: str, names: Names | None = None) -> Query:
    """What was typed, as a query."""
    return _Reading(text, names or {}).query()


@dataclass(frozen=True)
class _Word:
    """A piece of what was typed. ``kind``: word, quoted, field, open, close, or, and, not."""

    kind: str
    text: str


@dataclass
class _Reading:
    """One typed line on its way to a tree."""

    typed: str
    names: Names
    said: list[str] = field(default_factory=list)
    words: list[_Word] = field(default_factory=list)
    at: int = 0
    bare: set[str] = field(default_factory=set)  # words of Latin letters without quotation marks

    def query(self) -> Query:
        self.words = _Pieces(self.typed, self.said).pieces()
        tree = self._tree()
        said = tuple(dict.fromkeys(self.said))
        if not self.bare:
            return Query(tree, said)
        letters = f"没有哪篇写着“{'、'.join(sorted(self.bare))}”，按标题的拼音首字母找。"
        return Query(tree, said, Query(_by_initials(tree, self.bare), (*said, letters)))

    def _tree(self) -> Node:
        parts = []
        while self.at < len(self.words):
            parts.append(self._either("text"))
            self.at += self.at < len(self.words)  # a bracket that closes nothing
        return _all(parts)

    # --- by what binds least, first -----------------------------------------------------------------------------------

    def _either(self, place: str) -> Node:
        parts, mixed = [self._together(place)], False
        while self._takes("or"):
            parts.append(self._together(place))
        parts = [part for part in parts if not isinstance(part, Anything)]
        mixed = any(isinstance(part, And) for part in parts)
        if len(parts) > 1 and mixed:
            self.said.append("“或”两边各自先合起来再选：要换个次序，请加括号。")
        return _flat(Or, parts)

    def _together(self, place: str) -> Node:
        parts = []
        while self.at < len(self.words) and self.words[self.at].kind not in ("or", "close"):
            if not self._takes("and"):
                parts.append(self._one(place))
        return _all(parts)

    def _one(self, place: str) -> Node:
        """A word, a phrase or a bracket, with the “不含” and the field in front of it."""
        without = False
        while self.at < len(self.words):
            word = self.words[self.at]
            self.at += 1
            if word.kind == "not":
                without = not without
            elif word.kind == "field":
                if word.text not in _PLACES:
                    node = self._value(word.text)
                    break
                place = word.text
            elif word.kind == "open":
                node = self._either(place)
                self._takes("close")
                break
            elif word.kind in ("word", "quoted"):
                node = self._phrase(word, place)
                break
            else:  # an OR or a bracket where a word should stand
                self.at -= 1
                return Anything()
        else:
            return Anything()
        return node if isinstance(node, Anything) or not without else Not(node)

    def _takes(self, kind: str) -> bool:
        found = self.at < len(self.words) and self.words[self.at].kind == kind
        self.at += found
        return found

    # --- leaves -------------------------------------------------------------------------------------------------------

    def _phrase(self, word: _Word, place: str) -> Node:
        """The characters as one phrase; where a line ends, as two that must both be there."""
        parts = []
        for line in word.text.splitlines():
            text = fold(line)
            if any(sign.isalnum() for sign in text):
                parts.append(Phrase(text, place))
                if word.kind == "word" and place == "text" and len(text) > 1 and text.isascii() and text.isalpha():
                    self.bare.add(text)
            elif text:
                self.said.append(f"“{line.strip()}”只有标点，没有理会。")
        return _all(parts)

    def _value(self, facet: str) -> Node:
        """What stands behind 年: 文种: 领域: 来源: or 首字母:."""
        if self.at == len(self.words) or self.words[self.at].kind not in ("word", "quoted"):
            self.said.append(f"“{_name(facet)}：”后面没有写，没有理会。")
            return Anything()
        text = self.words[self.at].text.strip()
        self.at += 1
        if facet == "initials":
            letters = "".join(sign for sign in fold(text) if sign.isascii() and sign.isalnum())
            return Initials(letters) if letters else self._unread(facet, text)
        parts = [self._year(part) if facet == "year" else self._named(facet, part) for part in _BETWEEN.split(text)]
        return _flat(Or, [part for part in parts if not isinstance(part, Anything)])

    def _year(self, text: str) -> Node:
        text = "".join(chr(ord(sign) - 0xFEE0) if "０" <= sign <= "９" else sign for sign in text)
        if text in _UNTOLD:
            return OneOf("year", frozenset({UNKNOWN}))
        if one := _ONE_YEAR.fullmatch(text):
            return Years(int(one[1]), int(one[1]))
        between = _YEARS.fullmatch(text)
        if between is None or not (between[1] or between[2]):
            return self._unread("year", text)
        first, last = (int(side) if side else None for side in between.groups())
        if first and last and first > last:
            first, last = last, first
        return Years(first, last)

    def _named(self, facet: str, text: str) -> Node:
        known = self.names.get(facet)
        if text in _UNTOLD:
            return OneOf(facet, frozenset({UNKNOWN}))
        if known is None:
            return OneOf(facet, frozenset({text}))
        found = known.get(text) or (text if text in known.values() else None)
        return OneOf(facet, frozenset({found})) if found else self._unread(facet, text)

    def _unread(self, facet: str, text: str) -> Node:
        self.said.append(f"没有读懂{_name(facet)}“{text}”，没有理会。")
        return Anything()


@dataclass
class _Pieces:
    """What was typed, cut into words, quotations, fields, brackets and the words between them."""

    typed: str
    said: list[str]
    at: int = 0
    depth: int = 0
    cut: list[_Word] = field(default_factory=list)

    def pieces(self) -> list[_Word]:
        if len(self.typed) > MOST_LETTERS:
            self.said.append(f"只读了前 {MOST_LETTERS} 个字。")
            self.typed = self.typed[:MOST_LETTERS]
        while self.at < len(self.typed):
            self._next(self.typed[self.at])
            if len(self.cut) > MOST_WORDS:
                self.said.append(f"只读了前 {MOST_WORDS} 个词。")
                break
        if self.depth:
            self.said.append("括号没有收尾，读到末尾。")
        return self._with_sides()

    def _next(self, sign: str) -> None:
        if sign.isspace():
            self.at += 1
        elif sign in _OPEN:
            self._bracket()
        elif sign in _CLOSE:
            self.at += 1
            if self.depth:
                self.depth -= 1
                self.cut.append(_Word("close", sign))
            else:
                self.said.append("多出一个右括号，没有理会。")
        elif sign in _CLOSED_BY:
            self._quotation(_CLOSED_BY[sign])
        elif sign in _MINUS and self._minus():
            self.at += 1
            self.cut.append(_Word("not", sign))
        elif named := _FIELD.match(self.typed, self.at):
            self.at = named.end()
            self.cut.append(_Word("field", FIELDS[named[1].lower()]))
        else:
            self._word()

    def _bracket(self) -> None:
        self.at += 1
        if self.depth == DEEPEST:
            self.said.append(f"括号套得太深，第 {DEEPEST} 层以内的才读。")
            return
        self.depth += 1
        self.cut.append(_Word("open", "("))

    def _quotation(self, closers: str) -> None:
        ends = [place for closer in closers if (place := self.typed.find(closer, self.at + 1)) >= 0]
        if not ends:
            self.said.append("引号没有收尾，读到末尾。")
        end = min(ends, default=len(self.typed))
        text = self.typed[self.at + 1 : end]
        self.at = end + 1
        if text.strip():
            self.cut.append(_Word("quoted", text))

    def _minus(self) -> bool:
        """Whether the dash stands right in front of something: then it means “without”."""
        rest = self.typed[self.at + 1 : self.at + 2]
        return bool(rest) and not rest.isspace() and rest not in _MINUS and rest not in _CLOSE

    def _word(self) -> None:
        """Up to a blank, a quotation mark or the end of the bracket around it. Brackets inside belong to the word."""
        start, inside = self.at, 0
        while self.at < len(self.typed):
            sign = self.typed[self.at]
            if sign.isspace() or sign in _CLOSED_BY:
                break
            if sign in _OPEN:
                inside += 1
            elif sign in _CLOSE and (inside or self.depth):
                if not inside:
                    break
                inside -= 1
            self.at += 1
        text = self.typed[start : self.at]
        kind = "or" if text in _ORS else "and" if text in _ANDS else "not" if text in _NOTS else "word"
        self.cut.append(_Word(kind, text))

    def _with_sides(self) -> list[_Word]:
        """OR, AND and NOT where they join something; 或, 且 and 不含 that join nothing are words themselves."""
        found: list[_Word] = []
        for number, word in enumerate(self.cut):
            if word.kind in ("or", "and", "not"):
                behind = number + 1 < len(self.cut) and self.cut[number + 1].kind not in ("or", "and", "close")
                before = word.kind == "not" or (bool(found) and found[-1].kind not in ("or", "and", "not", "open"))
                if not (before and behind):
                    if word.text.isascii() or not word.text.isalnum():
                        self.said.append(f"“{word.text}”少了一边，没有理会。")
                        continue
                    word = replace(word, kind="word")
            found.append(word)
        return found


# --- trees ------------------------------------------------------------------------------------------------------------


def _flat(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """The parts as one node, those of its own kind opened, each once."""
    opened = (inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))
    once = tuple(dict.fromkeys(opened))
    return once[0] if len(once) == 1 else kind(once) if once else Anything()


def _all(parts: Sequence[Node]) -> Node:
    return _flat(And, [part for part in parts if not isinstance(part, Anything)])


def _by_initials(node: Node, words: set[str]) -> Node:
    """The tree with these words taken for initials; what must not be there stays as it was written."""
    if isinstance(node, Phrase) and node.place == "text" and node.text in words:
        return Initials(node.text)
    if isinstance(node, And | Or):
        return replace(node, parts=tuple(_by_initials(part, words) for part in node.parts))
    return node


def _name(facet: str) -> str:
    return _ZH.get(facet, "首字母")
