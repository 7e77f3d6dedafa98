"""What was said, what was answered, who heard it: and whether these agree, whatever was killed meanwhile.

Every write has a key of its own, which stands in its text. What the server answered makes it ok (2xx: acknowledged),
failed (a refusal, so nothing of it may exist) or unknown (no answer, or one that says so). Then

- an ok key is in the store exactly once, an unknown one at most once, a failed one never, and nothing else is there;
- whoever may read it heard every ok key exactly once, all in ascending `seq`, and nothing that is not in the store;
- whoever may not heard none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

Outcome = Literal["ok", "failed", "unknown"]


@dataclass
class Ledger:
    """Every write that was tried, by its key."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def note(self, key: str, outcome: Outcome) -> None:
        """Keep what came of a write. An ok stays one: sending a key again asks for the same thing."""
        if self.outcomes.get(key) != "ok":
            self.outcomes[key] = outcome

    def having(self, outcome: Outcome) -> set[str]:
        """The keys with this outcome."""
        return {key for key, noted in self.outcomes.items() if noted == outcome}


@dataclass
class Heard:
    """What one reader was told: `(seq, key)` in the order of arrival."""

    who: str
    events: list[tuple[int, str]] = field(default_factory=list)
    resets: int = 0


def discrepancies(
    ledger: Ledger, stored: Sequence[str], entitled: Sequence[Heard], others: Sequence[Heard] = ()
) -> list[str]:
    """Every way in which store and readers disagree with the answers; none when all is well."""
    return [
        *_in_the_store(ledger, Counter(stored)),
        *(line for reader in entitled for line in _of_the_entitled(ledger, set(stored), reader)),
        *(f"{reader.who} may not read it and heard {key}" for reader in others for _, key in reader.events),
    ]


def _in_the_store(ledger: Ledger, stored: Counter[str]) -> list[str]:
    found = [
        f"acknowledged and in the store {stored[key]} times: {key}"
        for key in ledger.having("ok")
        if stored[key] != 1
    ]
    found += [f"in the store {times} times: {key}" for key, times in stored.items() if times > 1]
    found += [f"refused and yet in the store: {key}" for key in ledger.having("failed") if stored[key]]
    found += [f"in the store and never sent: {key}" for key in stored if key not in ledger.outcomes]
    return found


def _of_the_entitled(ledger: Ledger, stored: set[str], reader: Heard) -> list[str]:
    times = Counter(key for _, key in reader.events)
    numbers = [seq for seq, _ in reader.events]
    found = [f"{reader.who} missed {key}" for key in ledger.having("ok") if not times[key]]
    found += [f"{reader.who} heard {key} {many} times" for key, many in times.items() if many > 1]
    found += [f"{reader.who} heard {key}, which is not in the store" for key in times if key not in stored]
    found += [
        f"{reader.who} heard {later} after {earlier}"
        for earlier, later in pairwise(numbers)
        if later <= earlier
    ]
    if reader.resets:
        found.append(f"{reader.who} was told {reader.resets} times to start over")
    return found
