"""What happened, in commit order: written in the transaction of the change, read by everything that follows it up."""

from microblog.journal.consumers import Consumer, run_consumers
from microblog.journal.event import Committed, Control, Event
from microblog.journal.prune import prune, run_pruning
from microblog.journal.read import epoch, head, heard, pruned, since
from microblog.journal.record import record, rewrite, seal

__all__ = [
    "Committed",
    "Consumer",
    "Control",
    "Event",
    "epoch",
    "head",
    "heard",
    "prune",
    "pruned",
    "record",
    "rewrite",
    "run_consumers",
    "run_pruning",
    "seal",
    "since",
]
