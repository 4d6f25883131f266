"""What is typed on a due: why it is waived, and on what ground."""

from __future__ import annotations

from django import forms

from youju.duties.actions import LONGEST_BASIS, LONGEST_REASON


class WaiverForm(forms.Form):
    """豁免. The action refuses what is missing; the form only says how long a text may be."""

    reason = forms.CharField(
        label="原因",
        max_length=LONGEST_REASON,
        help_text="为什么这一期没有办、也不补办。",
        error_messages={"required": "请写明豁免的原因。", "max_length": f"原因最多 {LONGEST_REASON} 字。"},
    )
    basis = forms.CharField(
        label="依据",
        max_length=LONGEST_BASIS,
        help_text="例如上级批复，或支委会决议的编号。",
        error_messages={"required": "请写明豁免的依据。", "max_length": f"依据最多 {LONGEST_BASIS} 字。"},
    )
