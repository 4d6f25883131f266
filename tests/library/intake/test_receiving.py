"""What was sent through a page becomes one run, however often and however quickly it is pressed."""

import pytest

from tests.cast import standing_cast
from tests.library.intake.making import AT
from tests.records.together import together
from youju.kit.refusal import Refusal
from youju.library.documents.values import Origin
from youju.library.intake.receiving import receive_text, token_for
from youju.library.models import Document, Intake


@pytest.mark.django_db(transaction=True)
def test_words_pasted_twice_in_the_same_moment_are_one_run_and_one_document():
    cast = standing_cast()

    def press():
        return receive_text(
            title="走访", text="走访社员九十户。", unit=cast.branch, origin=Origin.OWN,
            token=token_for(cast.clerk, "一页"), by=cast.clerk, at=AT,
        ).pk  # fmt: skip

    assert len(set(together(press, press, press))) == 1
    assert (Intake.objects.count(), Document.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["", " \u3000", "\u200b\u2060"])
def test_a_title_of_signs_nobody_sees_is_none(title):
    cast = standing_cast()
    with pytest.raises(Refusal) as caught:
        receive_text(
            title=title, text="走访社员九十户。", unit=cast.branch, origin=Origin.OWN,
            token=token_for(cast.clerk, "一页"), by=cast.clerk, at=AT,
        )  # fmt: skip
    assert caught.value.field == "title" and not Intake.objects.exists()
