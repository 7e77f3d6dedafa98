"""Making bots."""

from __future__ import annotations

from sqlalchemy import select

from microblog.access.actors import OPERATOR, NewActor, create_actor
from microblog.access.model import Card, cards
from microblog.access.tables import actors
from microblog.access.tokens import NewToken, issue_token
from microblog.bots.model import BotMade, NewBot
from microblog.core.errors import Forbidden
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.http import Listing
from microblog.journal import head


def add_bot(tx: Tx, viewer: Viewer, draft: NewBot) -> BotMade:
    """Make a bot, owned by the viewer (by nobody from the command line), with one token.

    A bot is an actor like any other: it hears what every employee hears, and anything that its token allows. Raises
    Forbidden for guests and bots, and what a handle raises.
    """
    if viewer.kind != "person":
        raise Forbidden("Only colleagues can make bots.")
    owner = None if viewer.via == OPERATOR.via else viewer.id
    bot = create_actor(tx, viewer, NewActor(handle=draft.handle, name=draft.name, kind="bot", owner_id=owner))
    return BotMade(bot, issue_token(tx, viewer, bot.id, NewToken(name=draft.name)))


def list_bots(tx: Tx, viewer: Viewer) -> Listing[Card]:
    """The bots that the viewer answers for, newest first."""
    newest = head(tx)
    mine = tx.execute(
        select(actors.c.id).where(
            actors.c.owner_id == viewer.id, actors.c.kind == "bot", actors.c.deactivated_at.is_(None)
        )
    ).scalars()
    found = cards(tx, mine)
    return Listing(items=[found[number] for number in sorted(found, reverse=True)], head=newest)
