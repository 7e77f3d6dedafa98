"""Groups: making them, finding them, and who is in them."""

from microblog.groups.actions import make_group, revise_group
from microblog.groups.members import join_group, leave_group
from microblog.groups.model import Group, NewGroup, ReviseGroup
from microblog.groups.routes import ROWS

__all__ = [
    "ROWS",
    "Group",
    "NewGroup",
    "ReviseGroup",
    "join_group",
    "leave_group",
    "make_group",
    "revise_group",
]
