"""Who sends down: a unit above branches, in which the reader is 上级."""

from __future__ import annotations

from django.http import HttpRequest

from youju.kit.refusal import NotAllowed
from youju.people.models import Unit
from youju.people.roles.rules import Right, Role
from youju.people.units.values import ABOVE_BRANCHES
from youju.web.shared import place
from youju.web.shared.home import held


def sender_of(request: HttpRequest) -> Unit:
    """The unit that sends: the one named, else the highest in which the reader is 上级."""
    if request.GET.get("unit"):
        unit = place.unit_of(request, Right.SEND_NOTICES)
    else:
        paths = [path for role, path in held(request).grants if role is Role.SUPERIOR]
        if not paths:
            raise NotAllowed("通知由上级党组织发出。")
        first = min(paths, key=lambda path: (len(path), path))
        unit = place.stand_in(request, Unit.objects.get(path=first))
    if unit.kind not in ABOVE_BRANCHES:
        raise NotAllowed("只有党委、党总支能向下级发通知。")
    return unit
