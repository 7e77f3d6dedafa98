"""What a caller did wrong, in words they can act on.

Every refusal that reaches a person or a bot is a `Problem`: a stable `code`, a sentence, and the field it is about.
The HTTP layer turns one into `{"error": {"code", "message", "field"}}` with `status`; the socket turns one into an error
frame. Nothing in the domain knows either.
"""

from __future__ import annotations


class Problem(Exception):
    """A refusal with a stable code. Subclasses fix the HTTP status (RFC 9110 section 15)."""

    status = 400
    code = "bad_request"

    def __init__(self, message: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        if code is not None:
            self.code = code


class BadRequest(Problem):
    """The request itself can not be read: broken JSON, a malformed cursor."""


class Unauthorized(Problem):
    """No credentials, or ones that are not (or no longer) valid."""

    status = 401
    code = "unauthorized"


class Forbidden(Problem):
    """Known and visible to the caller, but not theirs to do. What may not be *seen* is `NotFound`."""

    status = 403
    code = "forbidden"


class NotFound(Problem):
    """Not there, or not visible to this viewer: the two are never told apart."""

    status = 404
    code = "not_found"


class Conflict(Problem):
    """True of the request alone, but not beside what is already there."""

    status = 409
    code = "conflict"


class TooLarge(Problem):
    """Past a limit of capacity. The message names the limit."""

    status = 413
    code = "too_large"


class Invalid(Problem):
    """Readable, but a field has a value that it can not have. `field` is the path to it."""

    status = 422
    code = "invalid"


class TooMany(Problem):
    """Asked too often. `retry_after` is in seconds (RFC 9110 section 10.2.3)."""

    status = 429
    code = "too_many"

    def __init__(self, message: str, *, retry_after: float, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class Unavailable(Problem):
    """The store can not be reached or is busy; the same request may be sent again after `retry_after` seconds."""

    status = 503
    code = "unavailable"

    def __init__(self, message: str, *, retry_after: float = 1.0, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class StorageFull(Problem):
    """The disk is full (RFC 4918 section 11.5). Nothing of this request was kept; reading goes on."""

    status = 507
    code = "storage_full"
