"""形式、专题、面向、结合业务、学习材料 as a folded part of 记一次, and as filters of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, CharField, CheckboxSelectMultiple, ChoiceField, MultipleChoiceField, TextInput
from django.http import QueryDict

from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.records.activities.models import Session, SessionSet
from youju.records.activities.queries import record_of
from youju.records.facets.models import SessionFacet
from youju.records.facets.queries import known_words
from youju.records.facets.rules import checked, read_words, say_words
from youju.records.facets.values import LISTS, Facet, Facets
from youju.records.sources.queries import offered
from youju.records.sources.rules import checked as checked_said
from youju.records.sources.rules import read_said, say
from youju.records.sources.values import Said
from youju.web.ledger.forms import FilterForm, Typed

FEWEST_TEXTS, MOST_TEXTS = 3, 12
WRONG = {"invalid_choice": "选项有误，请重新选择。"}


def _tiles(label: str, choices: Sequence[tuple[str, str]], help_text: str = "") -> MultipleChoiceField:
    return MultipleChoiceField(
        label=label, required=False, choices=choices, widget=CheckboxSelectMultiple, help_text=help_text,
        error_messages=WRONG,
    )  # fmt: skip


class FacetForm(Typed):
    """Of a record: what it says beside its kind. ``offered`` is what the unit's register holds."""

    topics = _tiles("专题", ())
    more_topics = CharField(label="别的专题", required=False, help_text="没有列出的写在这里，用顿号分开。")
    forms = _tiles("活动形式", list(LISTS.forms.items()))
    groups = _tiles("面向", list(LISTS.groups.items()), "这次活动是给谁办的，不标到个人。")
    business = CharField(label="结合的业务事项", required=False, help_text="如：春耕保供、土地托管；用顿号分开。")

    def __init__(
        self, typed: QueryDict | None = None, *, initial: dict[str, Any] | None = None, known: Sequence[str] = (),
        texts: Sequence[Said] = (), rows: int = FEWEST_TEXTS,
    ) -> None:  # fmt: skip
        super().__init__(typed, prefix="f", initial=initial)
        self.texts = tuple(map(say, texts))
        topics = self.fields["topics"]
        assert isinstance(topics, MultipleChoiceField)
        mine = typed.getlist("f-topics") if typed is not None else self.initial.get("topics", ())
        topics.choices = [(word, word) for word in dict.fromkeys([*known, *mine])]
        for number in range(rows):
            self.fields[f"text{number}"] = CharField(
                label=f"学习材料 {number + 1}" if number else "学习材料",
                required=False,
                widget=TextInput(attrs={"list": "list-texts"}),
            )

    @property
    def text_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith("text")]

    @property
    def filled(self) -> bool:
        return any(self[name].value() for name in self.fields)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, read in (("more_topics", self._topics), ("business", self._facets)):
            try:
                read()
            except Refusal as refusal:
                self.add_error(name, refusal.sentence)
        try:
            self.studied()
        except Refusal as refusal:
            self.add_error("text0", refusal.sentence)
        return data

    def _topics(self) -> tuple[str, ...]:
        data = self.cleaned_data
        words = (*data.get("topics", ()), *read_words(data.get("more_topics", ""), Facet.TOPIC))
        return checked(Facets(topics=words)).topics

    def _facets(self) -> Facets:
        data = self.cleaned_data
        business = read_words(data.get("business", ""), Facet.BUSINESS)
        return checked(Facets(tuple(data.get("forms", ())), (), tuple(data.get("groups", ())), business))

    def facets(self) -> Facets:
        """As they are kept. Only after ``is_valid``."""
        rest = self._facets()
        return Facets(rest.forms, self._topics(), rest.groups, rest.business)

    def studied(self) -> tuple[Said, ...]:
        data = self.cleaned_data
        given = (str(data.get(name, "")) for name in self.fields if name.startswith("text"))
        return checked_said(read_said(text) for text in given if text.strip())


def facet_form(
    typed: QueryDict | None, *, ledger: Unit, kept: Session | None = None, asked: QueryDict | None = None
) -> FacetForm:
    """The part as typed, or as kept with a record, or as an address asks for it (``?topic=&form=&text=``)."""
    known, texts = known_words(ledger, Facet.TOPIC), offered(ledger)
    if typed is not None:
        rows = sum(f"f-text{number}" in typed for number in range(MOST_TEXTS))
        return FacetForm(typed, known=known, texts=texts, rows=max(rows, 1))
    initial: dict[str, Any] = {"topics": [word[:30] for word in asked.getlist("topic") if word] if asked else []}
    initial["forms"] = [word for word in asked.getlist("form") if word in LISTS.forms] if asked else []
    studied: tuple[Said, ...] = _asked_texts(asked, texts) if asked else ()
    if kept is not None:
        facets, studied = record_of(kept).facets, record_of(kept).studied
        initial = {
            "topics": facets.topics, "forms": facets.forms, "groups": facets.groups,
            "business": say_words(facets.business, Facet.BUSINESS),
        }  # fmt: skip
    initial |= {f"text{number}": say(said) for number, said in enumerate(studied)}
    return FacetForm(initial=initial, known=known, texts=texts, rows=max(len(studied) + 1, FEWEST_TEXTS))


def _asked_texts(asked: QueryDict, texts: Sequence[Said]) -> tuple[Said, ...]:
    """Those of the register that an address names by ``?text=``; another word is nobody's text."""
    named = set(asked.getlist("text"))
    return tuple(said for said in texts if not said.part and said.title in named)[:MOST_TEXTS]


@dataclass(frozen=True)
class Narrowing:
    """A filter of the list by one facet, under its name in the address."""

    name: str
    facet: Facet


NARROWINGS = (Narrowing("topic", Facet.TOPIC), Narrowing("form", Facet.FORM), Narrowing("group", Facet.GROUP))


class LedgerFilter(FilterForm):
    """The filters of the list with those by facet."""

    topic = ChoiceField(label="专题", required=False)
    form = ChoiceField(label="形式", required=False, choices=[("", "全部"), *LISTS.forms.items()])
    group = ChoiceField(label="面向", required=False, choices=[("", "全部"), *LISTS.groups.items()])

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int], topics: Sequence[str]) -> None:
        super().__init__(data, years=years)
        topic = self.fields["topic"]
        assert isinstance(topic, ChoiceField)
        asked = str(data.get("topic", ""))[:30]
        topic.choices = [("", "全部"), *((word, word) for word in dict.fromkeys([*topics, *filter(None, [asked])]))]
        self.full_clean()

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.get(one.name) for one in NARROWINGS)


def narrowed(sessions: SessionSet, found: Mapping[str, Any]) -> SessionSet:
    """Those of the sessions that say so of themselves."""
    for one in NARROWINGS:
        if found.get(one.name):
            said = SessionFacet.objects.filter(facet=one.facet, value=found[one.name])
            sessions = sessions.filter(pk__in=said.values("session_id"))
    return sessions
