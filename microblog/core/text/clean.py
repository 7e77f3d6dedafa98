"""The one thing that a text may not hold."""

from __future__ import annotations

import re

from microblog.core.errors import Invalid

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str, field: str) -> str:
    """The text with a bare newline for every carriage return and newline.

    Raises Invalid on `field` where it holds another control character (tab and newline are none, and PostgreSQL can not
    keep a NUL) or half of a surrogate pair.
    """
    text = text.replace("\r\n", "\n")
    if bad := _CONTROL.search(text):
        raise Invalid(
            f"Control characters can not be kept, and there is a U+{ord(bad.group()):04X} at {bad.start()}.",
            field=field,
        )
    return text
