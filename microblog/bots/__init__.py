"""Programs that take part: actors with a token instead of a password."""

from microblog.bots.actions import add_bot
from microblog.bots.model import BotMade, NewBot
from microblog.bots.routes import ROWS

__all__ = ["ROWS", "BotMade", "NewBot", "add_bot"]
