"""Questions about offices."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from youju.people.members.models import Member
from youju.people.posts.models import Post
from youju.people.posts.values import Title
from youju.people.units.models import Unit
from youju.people.written_once import rows_once


def committee_on(unit: Unit, day: date) -> list[Post]:
    """The members of the branch committee on a day, secretary first."""
    order = list(Title)
    posts = Post.objects.filter(unit=unit).of_committee().on(day).select_related("member")
    return sorted(posts, key=lambda post: (order.index(Title(post.title)), post.member.rank))


def secretary_on(unit: Unit, day: date) -> Member | None:
    """The branch secretary on a day."""
    post = Post.objects.filter(unit=unit, title=Title.SECRETARY).on(day).select_related("member").first()
    return post.member if post else None


@rows_once
def _held_by(member: int) -> QuerySet[Post]:
    return Post.objects.filter(member_id=member).select_related("unit").order_by("since")


def about(member: Member) -> dict[str, object]:
    """Offices a member has held."""
    return {
        "职务": [
            {"组织": post.unit.name, "职务": post.get_title_display(), "自": post.since, "至": post.until}
            for post in _held_by(member.pk)
        ]
    }
