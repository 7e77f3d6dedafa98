"""Tables, as text for a terminal and as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

Value = float | int | str | None


class Column(msgspec.Struct, frozen=True):
    """`digits` after the point; a value of None is shown as a dash."""

    title: str
    digits: int = 0
    unit: str = ""

    def show(self, value: Value) -> str:
        if value is None:
            return "–"
        if isinstance(value, str):
            return value
        return f"{value:,.{self.digits}f}".replace(",", "\N{NARROW NO-BREAK SPACE}") + (
            f" {self.unit}" if self.unit else ""
        )


class Table(msgspec.Struct, frozen=True):
    """The first column names the row."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    note: str = ""

    def text(self) -> str:
        """For a terminal: names to the left, figures to the right."""
        cells = self._cells()
        widths = [max(len(row[place]) for row in cells) for place in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.ljust(width) if place == 0 else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in cells
        ]
        lines.insert(1, "-" * max(map(len, lines)))
        return "\n".join([self.title, *lines, *([self.note] if self.note else [])])

    def markdown(self) -> str:
        head, *body = self._cells()
        lines = [
            f"**{self.title}**",
            "",
            _row(head),
            _row(["---"] + ["---:"] * (len(head) - 1)),
            *map(_row, body),
        ]
        return "\n".join([*lines, *(["", self.note] if self.note else [])])

    def _cells(self) -> list[list[str]]:
        head = [column.title for column in self.columns]
        return [
            head,
            *(
                [column.show(value) for column, value in zip(self.columns, row, strict=True)]
                for row in self.rows
            ),
        ]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
