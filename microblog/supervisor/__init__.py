"""Running the server: its address, its lock on the store, one process that serves and the fleet of several.

It does not know the product: `server` is handed something that serves, `fleet` something to do in each worker.
"""

from microblog.supervisor.fleet import Fleet
from microblog.supervisor.listener import Address, raise_descriptor_limit
from microblog.supervisor.lock import StoreLock
from microblog.supervisor.refusal import Refused
from microblog.supervisor.server import Served, serve

__all__ = ["Address", "Fleet", "Refused", "Served", "StoreLock", "raise_descriptor_limit", "serve"]
