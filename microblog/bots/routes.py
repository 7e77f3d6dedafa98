"""Bots over HTTP."""

from __future__ import annotations

from microblog.access.model import Card
from microblog.bots.actions import add_bot, list_bots
from microblog.bots.model import BotMade, NewBot
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.http import Listing, Reply, Row


def make_bot(tx: Tx, viewer: Viewer, draft: NewBot) -> Reply:
    """Make a bot with a token of its own, whose secret is shown this once."""
    made = add_bot(tx, viewer, draft)
    return Reply(made, subject=made.bot.id)


ROWS = (
    Row(
        "POST",
        "/bots",
        make_bot,
        status=201,
        body=NewBot,
        answers=BotMade,
        subject="bot",
        secret=True,
        summary="Make a bot",
    ),
    Row("GET", "/bots", list_bots, answers=Listing[Card], summary="The bots you answer for"),
)
