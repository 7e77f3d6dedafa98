"""One event to every socket that should hear it. See `docs/protocol.md` for what is said."""

from microblog.realtime.admission import Admission
from microblog.realtime.ports import Ports
from microblog.realtime.realtime import Realtime

__all__ = ["Admission", "Ports", "Realtime"]
