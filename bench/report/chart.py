"""Bar charts in SVG that can be read on a light and on a dark page: they bring no background, and their own colours for
each (`prefers-color-scheme`, which also counts inside an image). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

import msgspec

WIDTH = 720
LABEL = 170
"""Room for the names at the left."""

VALUE = 90
"""Room for the figures at the right."""

BAR = 18
GAP = 6
GROUP_GAP = 14

_STYLE = """
text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#24292f}
.title{font-size:15px;font-weight:600}.note{font-size:12px;fill:#57606a}
.ours{fill:#1f6feb}.other{fill:#8c959f}.lighter{opacity:.55}.axis{stroke:#8c959f;stroke-opacity:.4}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9198a1}.ours{fill:#4493f8}.other{fill:#6e7681}}
"""


class Series(msgspec.Struct, frozen=True):
    """One quantity, a value for each bar; None where a peer has none."""

    title: str
    values: Sequence[float | None]


class Chart(msgspec.Struct, frozen=True):
    """Horizontal bars, one group for each name with a bar for each series; the name in `ours` stands out."""

    name: str
    title: str
    unit: str
    names: Sequence[str]
    series: Sequence[Series]
    ours: str
    note: str = ""
    digits: int = 1

    def svg(self) -> str:
        largest = max((value for line in self.series for value in line.values if value), default=1.0)
        scale = (WIDTH - LABEL - VALUE) / largest
        parts, top = self._head()
        for place, name in enumerate(self.names):
            bars = [(number, line.values[place]) for number, line in enumerate(self.series)]
            parts.append(_text(LABEL - 10, top + len(bars) * (BAR + GAP) / 2 + 1, name, anchor="end"))
            for number, value in bars:
                parts += self._bar(top, number, value, scale, name)
                top += BAR + GAP
            top += GROUP_GAP
        bottom = top - GROUP_GAP
        parts.append(f'<line class="axis" x1="{LABEL}" x2="{LABEL}" y1="{self._first()}" y2="{bottom:.0f}"/>')
        if self.note:
            parts.append(_text(0, bottom + 22, self.note, "note"))
            bottom += 22
        return _document(parts, bottom + 12, self.title)

    def _first(self) -> int:
        return 36 + (22 if len(self.series) > 1 else 0)

    def _head(self) -> tuple[list[str], float]:
        parts = [_text(0, 18, f"{self.title} ({self.unit})", "title")]
        if len(self.series) > 1:
            legend = " · ".join(
                f"{'full' if number == 0 else 'pale'}: {line.title}"
                for number, line in enumerate(self.series)
            )
            parts.append(_text(0, 40, legend, "note"))
        return parts, float(self._first())

    def _bar(self, top: float, number: int, value: float | None, scale: float, name: str) -> list[str]:
        if value is None:
            return [_text(LABEL + 6, top + BAR / 2 + 5, "absent", "note")]
        kind = ("ours" if name == self.ours else "other") + (" lighter" if number else "")
        width = max(1.0, value * scale)
        shown = f"{value:,.{self.digits}f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
        return [
            f'<rect class="{kind}" x="{LABEL}" y="{top:.0f}" width="{width:.1f}" height="{BAR}" rx="2"/>',
            _text(LABEL + width + 6, top + BAR / 2 + 5, shown),
        ]


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    about = f' class="{kind}"' if kind else ""
    return f'<text{about} x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'


def _document(parts: Sequence[str], height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" aria-label="{escape(title, {chr(34): "&quot;"})}">'
        f"<style>{_STYLE}</style>{''.join(parts)}</svg>\n"
    )
