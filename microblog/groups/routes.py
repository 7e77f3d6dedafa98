"""Groups over HTTP."""

from __future__ import annotations

from microblog.groups.actions import make_group, revise_group
from microblog.groups.members import join_group, leave_group
from microblog.groups.model import Group, GroupPage, MembersPage, NewGroup, ReviseGroup
from microblog.groups.queries import group_page, list_groups, shown_group
from microblog.http import Listing, Row

ROWS = (
    Row("GET", "/groups", list_groups, answers=Listing[Group], summary="The groups you may know of"),
    Row(
        "POST",
        "/groups",
        make_group,
        status=201,
        body=NewGroup,
        answers=Group,
        subject="group",
        again=shown_group,
        summary="Make a group",
    ),
    Row(
        "GET",
        "/groups/{handle}",
        group_page,
        query=MembersPage,
        answers=GroupPage,
        summary="One group and who is in it",
    ),
    Row("PATCH", "/groups/{handle}", revise_group, body=ReviseGroup, answers=Group, summary="Change a group"),
    Row(
        "PUT",
        "/groups/{handle}/members/{person}",
        join_group,
        status=204,
        summary="Join a group, or bring somebody in",
    ),
    Row(
        "DELETE",
        "/groups/{handle}/members/{person}",
        leave_group,
        status=204,
        summary="Leave a group, or put somebody out",
    ),
)
