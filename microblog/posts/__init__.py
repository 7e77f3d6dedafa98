"""Posts: everything that is said, and what becomes of it."""

from microblog.posts.changes import erase, erasures, revise, withdraw
from microblog.posts.model import Post, Publish, Revise
from microblog.posts.publish import publish
from microblog.posts.routes import ROWS

__all__ = ["ROWS", "Post", "Publish", "Revise", "erase", "erasures", "publish", "revise", "withdraw"]
