"""Who is who and who may what."""

from microblog.access.actors import OPERATOR, NewActor, announce, create_actor, deactivate
from microblog.access.authenticator import Authenticator
from microblog.access.channels import EVERYONE, channels_of, may_hear
from microblog.access.doors import Doors
from microblog.access.gates import ALL, GroupRow, readable_groups, require_group, visible_people
from microblog.access.invitations import make_setup_code
from microblog.access.join import NewPerson, add_person
from microblog.access.model import Card, GroupCard, card, card_of, cards, group_cards
from microblog.access.tokens import TokenMade, make_token

__all__ = [
    "ALL",
    "EVERYONE",
    "OPERATOR",
    "Authenticator",
    "Card",
    "Doors",
    "GroupCard",
    "GroupRow",
    "NewActor",
    "NewPerson",
    "TokenMade",
    "add_person",
    "announce",
    "card",
    "card_of",
    "cards",
    "channels_of",
    "create_actor",
    "deactivate",
    "group_cards",
    "make_setup_code",
    "make_token",
    "may_hear",
    "readable_groups",
    "require_group",
    "visible_people",
]
