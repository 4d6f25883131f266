"""Re-exports, so that outsiders write ``from youju.people.models import Unit``."""

from youju.people.corrections.models import Correction
from youju.people.imports.models import Batch, Headings
from youju.people.invitations.models import Invitation
from youju.people.leavers.models import Forgetting
from youju.people.looks.models import Look
from youju.people.members.models import Member, Membership
from youju.people.posts.models import Post
from youju.people.roles.models import Grant
from youju.people.terms.models import Term
from youju.people.units.models import Unit, UnitYear

__all__ = [
    "Batch",
    "Correction",
    "Forgetting",
    "Grant",
    "Headings",
    "Invitation",
    "Look",
    "Member",
    "Membership",
    "Post",
    "Term",
    "Unit",
    "UnitYear",
]
