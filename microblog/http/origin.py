"""Is this request from our own pages? Asked for whatever a cookie would authorise (DESIGN section 7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import Scope

from microblog.core.errors import Forbidden
from microblog.http.request import header

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Origins:
    """Knows our own address: `public_url` where the operator set it, and otherwise what the browser itself asked for.

    A page of another site can neither choose the Host that a browser sends nor the Origin.
    """

    def __init__(self, public_url: str = "") -> None:
        parts = urlsplit(public_url)
        self.public = f"{parts.scheme}://{parts.netloc}".lower() if public_url else ""
        self.secure = parts.scheme == "https"

    def is_secure(self, scope: Scope) -> bool:
        """Whether the browser reached us over TLS: cookies are then `__Host-` and Secure."""
        return self.secure or scope.get("scheme") in ("https", "wss")

    def require(self, scope: Scope) -> None:
        """Raise Forbidden `wrong_origin` for a write or a WebSocket handshake that does not come from our own pages."""
        if scope["type"] == "http" and scope["method"] in _SAFE:
            return
        if not self._ours(scope):
            raise Forbidden("This request comes from another site.", code="wrong_origin")

    def require_if_given(self, scope: Scope) -> None:
        """The same for what works without a cookie (logging in, joining), where programs send no Origin at all."""
        if header(scope, b"origin") is not None:
            self.require(scope)

    def _ours(self, scope: Scope) -> bool:
        given = header(scope, b"origin")
        if given is None:
            return False
        origin = given.decode("latin-1").lower()
        if origin == self.public:
            return True
        host = header(scope, b"host")
        scheme, _, where = origin.partition("://")
        # A page over plain HTTP is not ours once we are behind TLS: anyone on the line can write it.
        schemes = ("https",) if self.is_secure(scope) else ("http", "https")
        return host is not None and scheme in schemes and where == host.decode("latin-1").lower()
