"""What is typed into a draft: a passage, the head, a reason."""

from __future__ import annotations

from django import forms


class PassageForm(forms.Form):
    """One passage, and the version of it that the editor saw. What its tokens say is judged when it is saved."""

    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="这一段的文字",
        required=False,  # the action says it in its own words
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="数字写成〔=指标〕，保存时从台账取数；没有材料的写〔缺：…〕；〔据编号〕和〔完〕之间是记录里的原话。",
    )


class NewPassageForm(PassageForm):
    level = forms.TypedChoiceField(
        label="写成",
        coerce=int,
        choices=[(0, "正文"), (1, "一级标题（一、）"), (2, "二级标题（（一））")],
        error_messages={"required": "请选正文或标题。", "invalid_choice": "请选正文或标题。"},
    )
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)


class HeadForm(forms.Form):
    """Title and byline, with those that the editor saw."""

    title = forms.CharField(label="标题", required=False)
    byline = forms.CharField(label="署名", required=False)
    seen_title = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_byline = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="撤回定稿的原因", required=False, help_text="会写进版本里。")
