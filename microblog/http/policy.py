"""`/policy`: that anyone may say anything here, what that means, and every erasure there ever was. Dutch and English.

For people before they join and for people whose network lets no script through: plain HTML, rendered here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import msgspec
from starlette.types import Scope

from microblog.core.clock import Millis, rfc3339
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.http.headers import page_headers
from microblog.http.request import header
from microblog.http.rows import Headers
from microblog.http.sheet import sheet


class Erasure(msgspec.Struct, frozen=True):
    """One line of the public log: when, by whom, on what ground. Neither post, group nor author."""

    at: Millis
    by: str
    reason: str


Erasures = Callable[[Tx, Viewer | None], Sequence[Erasure]]
"""Every erasure, newest first."""


class Policy:
    """The page, in the reader's language first and the other one below."""

    def __init__(self, database: Database, erasures: Erasures) -> None:
        self._database = database
        self._erasures = erasures

    async def page(self, scope: Scope) -> tuple[int, Headers, bytes]:
        """The page at `/policy`. Raises Unavailable while the store can not be reached: the log is part of the promise."""
        log = await self._database.read(self._erasures, None)
        html = render(log, first=preferred(header(scope, b"accept-language"))).encode()
        kind = (b"content-type", b"text/html; charset=utf-8")
        return 200, (kind, (b"cache-control", b"no-cache"), *page_headers(html)), html


def preferred(accept_language: bytes | None) -> str:
    """`nl` or `en`, whichever a browser asks for first (RFC 9110 section 12.5.4; its order is how browsers rank)."""
    for choice in (accept_language or b"").lower().split(b","):
        language = choice.strip()[:2]
        if language in (b"nl", b"en"):
            return language.decode()
    return "en"


def render(log: Sequence[Erasure], first: str) -> str:
    """The whole page as HTML."""
    parts = {"nl": _NL.replace("{log}", _table(log, "nl")), "en": _EN.replace("{log}", _table(log, "en"))}
    second = "en" if first == "nl" else "nl"
    title = {"nl": "Iedereen mag alles zeggen", "en": "Anyone may say anything"}[first]
    nav = (
        '<nav><a href="#nl" lang="nl" hreflang="nl">Nederlands</a><a href="#en" lang="en" hreflang="en">English</a>'
        '<a href="/">microblog</a></nav>'
    )
    articles = "".join(
        f'<article id="{name}" lang="{name}">{parts[name]}</article>' for name in (first, second)
    )
    return sheet(first, f"{title} · microblog", nav + articles)


def _table(log: Sequence[Erasure], language: str) -> str:
    when, by, reason, none = _WORDS[language]
    if not log:
        return f'<p class="soft">{none}</p>'
    rows = "".join(
        f'<tr><td class="when"><time datetime="{rfc3339(entry.at)}">{rfc3339(entry.at)[:16].replace("T", " ")} UTC</time>'
        f"</td><td>{escape(entry.by)}</td><td>{escape(entry.reason)}</td></tr>"
        for entry in log
    )
    return f"<table><thead><tr><th>{when}</th><th>{by}</th><th>{reason}</th></tr></thead><tbody>{rows}</tbody></table>"


_WORDS = {
    "nl": ("Wanneer", "Door", "Op grond van", "Er is hier nog nooit iets gewist."),
    "en": ("When", "By", "On what ground", "Nothing has ever been erased here."),
}

_NL = """
<h1>Iedereen mag alles zeggen</h1>
<p class="lead">Hier zijn geen regels voor wat je zegt. Niemand keurt je bericht vooraf goed, niemand haalt het achteraf weg,
en niemand kan het veranderen behalve jij.</p>
<h2>Wat er niet is</h2>
<ul>
<li>Geen moderatie, geen filter, geen wachtrij en geen meldknop.</li>
<li>Geen maximum aan hoe lang of hoe vaak je iets zegt.</li>
<li>Geen rol, ook geen beheerder, die kan wijzigen of verwijderen wat een ander zei. Een beheerder leest niet méér dan
ieder ander.</li>
</ul>
<h2>Wat je zelf in de hand hebt</h2>
<ul>
<li>Wil je iemand of iets niet horen? Demp het, verlaat de groep, of volg niet meer.</li>
<li>Je kunt je eigen bericht herzien; wat er eerst stond, blijft zichtbaar.</li>
<li>Je kunt je eigen bericht intrekken; de tekst is dan overal weg, en dat er iets stond blijft zichtbaar.</li>
<li>Wat je in een groep zegt, lezen de mensen van die groep. In <strong>Iedereen</strong> en in openbare groepen is dat
elke collega.</li>
</ul>
<h2>Welke grenzen er wel zijn</h2>
<p>Die van de techniek: een tekst heeft hooguit 64 KiB, een bestand de grootte die de server aankan, en één account kan de
andere niet verdringen.</p>
<p>En die van de wet. Moet iets op grond van de wet weg, dan kan wie de server beheert één bericht wissen. Op de plek ervan
blijft staan dat er gewist is en waarom, en elke wissing komt voorgoed in de lijst hieronder.</p>
<h2>Alle wissingen</h2>
<p class="soft">Wanneer, door wie en op welke grond. Om niemand te verraden staat er niet bij van wie het bericht was of in
welke groep het stond.</p>
{log}
"""

_EN = """
<h1>Anyone may say anything</h1>
<p class="lead">There are no rules here about what you say. Nobody approves your message first, nobody takes it away
afterwards, and nobody can change it but you.</p>
<h2>What is not here</h2>
<ul>
<li>No moderation, no filter, no queue, and no report button.</li>
<li>No limit to how long or how often you say something.</li>
<li>No role, not even an administrator’s, that can edit or remove what someone else said. An administrator reads no more
than anyone.</li>
</ul>
<h2>What is in your own hands</h2>
<ul>
<li>Rather not hear someone or something? Mute it, leave the group, or unfollow.</li>
<li>You can revise your own message; what it said before stays visible.</li>
<li>You can withdraw your own message; its text is then gone everywhere, and that something stood there stays visible.</li>
<li>What you say in a group is read by the people of that group. In <strong>Everyone</strong> and in public groups that is
every colleague.</li>
</ul>
<h2>Which limits there are</h2>
<p>Those of capacity: a text has at most 64 KiB, a file the size that the server can take, and one account can not crowd out
the others.</p>
<p>And the law’s. Where the law demands that something goes, whoever operates the server can erase one message. In its place
stays that it was erased and why, and every erasure is added, for good, to the list below.</p>
<h2>Every erasure</h2>
<p class="soft">When, by whom, and on what ground. So as to give nobody away it names neither the author nor the group.</p>
{log}
"""
