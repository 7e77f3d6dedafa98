"""Who is who and who may what."""

from microblog.access.gates import ALL, GroupRow, readable_groups, require_group, visible_people
from microblog.access.model import Card, GroupCard, card, cards, group_cards

__all__ = [
    "ALL",
    "Card",
    "GroupCard",
    "GroupRow",
    "card",
    "cards",
    "group_cards",
    "readable_groups",
    "require_group",
    "visible_people",
]
