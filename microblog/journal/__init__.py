"""What happened, in commit order: written in the transaction of the change, read by everything that follows it up."""

from microblog.journal.event import Committed, Control, Event
from microblog.journal.read import epoch, head, pruned, since
from microblog.journal.record import record, rewrite, seal

__all__ = ["Committed", "Control", "Event", "epoch", "head", "pruned", "record", "rewrite", "seal", "since"]
