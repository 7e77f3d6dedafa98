"""What browsers are told about every answer: what a page may load, run and be framed by."""

from __future__ import annotations

import base64
import re
from hashlib import sha256

from microblog.http.rows import Headers

_IMPORT_MAP = re.compile(
    rb"<script\b[^>]*\btype=[\"']importmap[\"'][^>]*>(?P<map>.*?)</script>", re.DOTALL | re.IGNORECASE
)

_STYLE = re.compile(rb"<style>(?P<sheet>.*?)</style>", re.DOTALL)

_COMMON: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)

STRICT_TRANSPORT: Headers = ((b"strict-transport-security", b"max-age=31536000"),)
"""For a year (RFC 6797), and only where the browser came over TLS. Not for subdomains: they may not be ours."""

NOTHING: Headers = (*_COMMON, (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"))
"""For what is no page: JSON, modules, images."""


def page_headers(html: bytes, *, images: str = "'self' data: blob:") -> Headers:
    """The headers of a page of ours. Its import map and its own style are the only inline ones: named by their hashes."""
    scripts = "".join(f" 'sha256-{_hash(found['map'])}'" for found in _IMPORT_MAP.finditer(html))
    styles = "".join(f" 'sha256-{_hash(found['sheet'])}'" for found in _STYLE.finditer(html))
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{scripts}",
            f"style-src 'self'{styles}",
            f"img-src {images}",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return (*_COMMON, (b"content-security-policy", policy.encode()))


def _hash(script: bytes) -> str:
    return base64.b64encode(sha256(script).digest()).decode()
