"""People as colleagues know them: profiles, whom and what one follows, where everyone is."""

from microblog.people.activity import ACTIVITY
from microblog.people.routes import ROWS

__all__ = ["ACTIVITY", "ROWS"]
