"""What is typed about the tree of topics."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from youju.records.models import Source
from youju.study.curriculum.rules import read_words, say_words, sounds_like
from youju.study.curriculum.values import Node, TopicDraft, Tree

INDENT = "　"


def offered(tree: Tree, *, without: Collection[int] = ()) -> list[tuple[int, str]]:
    """Every topic with its place shown by how far it stands in."""
    return [
        (step.node.id, f"{INDENT * step.depth}{step.node.title}") for step in tree.walk() if step.node.id not in without
    ]


class TopicForm(forms.Form):
    title = forms.CharField(
        label="专题名称", max_length=40, help_text="和记录里常写的专题同名，记录就自动归到这里。",
        error_messages={"required": "请写专题名称。", "max_length": "专题名称最多 40 字。"},
    )  # fmt: skip
    words = forms.CharField(
        label="别的叫法", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="记录里也这么写的，一行一个，或者用顿号隔开；一个叫法只归一个专题。",
    )  # fmt: skip
    parent = forms.TypedChoiceField(
        label="放在哪里", coerce=int, empty_value=None, required=False,
        error_messages={"invalid_choice": "上级专题请重新选择。"},
    )  # fmt: skip

    def __init__(self, *args: Any, tree: Tree, itself: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.TypedChoiceField)
        under_itself = tree.below(itself) if itself is not None else ()
        parent.choices = [("", "最上层"), *offered(tree, without=under_itself)]

    def draft(self) -> TopicDraft:
        return TopicDraft(self.cleaned_data["title"], read_words(self.cleaned_data["words"]))


def likely(node: Node) -> dict[str, Any]:
    """What a form of this topic begins with."""
    return {"title": node.title, "words": say_words(node.words), "parent": node.parent_id}


class MergeForm(forms.Form):
    into = forms.TypedChoiceField(
        label="并入哪个专题", coerce=int,
        error_messages={"required": "请选并入哪个专题。", "invalid_choice": "专题请重新选择。"},
    )  # fmt: skip

    def __init__(self, *args: Any, tree: Tree, itself: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.TypedChoiceField)
        into.choices = [("", "请选专题"), *offered(tree, without=tree.below(itself))]


class PlacesForm(forms.Form):
    """At which topics one material stands; ``seen`` are those at which the editor saw it."""

    topics = forms.TypedMultipleChoiceField(
        label="放在哪些专题", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "有一个专题不在学习体系里，请重新选择。"},
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = self.fields["topics"]
        assert isinstance(topics, forms.TypedMultipleChoiceField)
        topics.choices = [(step.node.id, step.node.title) for step in tree.walk()]

    def clean_seen(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["seen"].split(",") if one.isdecimal() and len(one) <= 18]

    @property
    def chosen(self) -> set[str]:
        """As the page ticks them: what was sent, or what is so."""
        return {str(one) for one in self["topics"].value() or ()}


class InboxForm(forms.Form):
    """A topic for each of the materials; where one's title sounds like a topic, that is offered first."""

    def __init__(self, *args: Any, sources: Sequence[Source], tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "先不放"), *offered(tree)]
        self.sources = {f"source{source.pk}": source for source in sources}
        for name, source in self.sources.items():
            self.fields[name] = forms.TypedChoiceField(
                label=source.title, choices=choices, coerce=int, empty_value=None, required=False,
                initial=sounds_like(tree, source.title),
                error_messages={"invalid_choice": "这个专题已经不在了，请重新选择。"},
            )  # fmt: skip

    def chosen(self) -> dict[int, int]:
        """Material → topic."""
        data = self.cleaned_data
        return {source.pk: data[name] for name, source in self.sources.items() if data.get(name)}
