"""What a client makes of events: the rules of `docs/protocol.md`, as short as they can be said.

The browser's are in `static/state/`; both are held to the same cases (`tests/fixtures/fold/`).
"""

from __future__ import annotations

from copy import deepcopy

from tests.posts.company import Json

WHOLE = ("post.published", "post.revised", "post.withdrawn", "post.erased")


def fold(state: Json, event: Json) -> None:
    """Bring a viewer's lists up to date with one event."""
    data = event["data"]
    if event["type"] in WHOLE:
        state["posts"][str(data["id"])] = data
        _place(state, data)
    elif event["type"] in ("post.reacted", "post.replied"):
        if post := state["posts"].get(str(data["id"])):
            post.update({name: data[name] for name in ("reactions", "replies") if name in data})
    elif event["type"] == "mine.changed" and "post" in data:
        state["mine"][str(data["post"])] = {name: data[name] for name in ("reactions", "bookmarked")}
        _put(state["timelines"]["bookmarks"], data["post"], data["bookmarked"], newest_first=True)


def folded(state: Json, events: list[Json]) -> Json:
    """The state after these events, each of which comes twice in a row, and all of them once more."""
    state = deepcopy(state)
    known: dict[int, int] = {}
    twice = [event for event in events for _ in range(2)]
    for event in twice + events:
        about = event["data"].get("id", 0)
        if event["seq"] >= known.get(about, 0):
            fold(state, event)
            known[about] = event["seq"]
    return state


def _place(state: Json, post: Json) -> None:
    for name, ids in state["timelines"].items():
        if name != "bookmarks":
            _put(ids, post["id"], _belongs(state, name, post), newest_first=True)
    if (thread := state["threads"].get(str(post["thread"]))) is not None:
        _put(thread, post["id"], True, newest_first=False)


def _put(ids: list[int], id_: int, belongs: bool, *, newest_first: bool) -> None:
    if belongs and id_ not in ids:
        ids.append(id_)
        ids.sort(reverse=newest_first)
    if not belongs and id_ in ids:
        ids.remove(id_)


def _belongs(state: Json, timeline: str, post: Json) -> bool:
    kind, _, name = timeline.partition("/")
    root = post["reply_to"] is None
    match kind:
        case "home":
            return root and post["group"]["kind"] != "direct" and _concerns(state, post)
        case "all":
            return root and post["group"]["kind"] == "all"
        case "group":
            return bool(root and post["group"]["handle"] == name)
        case "person":
            return bool(post["author"]["handle"] == name)
        case "topic":
            return root and name in post["topics"]
        case _:
            return state["me"]["person"]["id"] in post["mentions"]


def _concerns(state: Json, post: Json) -> bool:
    me, following = state["me"]["person"]["id"], state["me"]["following"]
    mine = {group["id"] for group in state["groups"] if group["role"]}
    followed = post["author"]["id"] in following["people"] or set(post["topics"]) & set(following["topics"])
    return bool(
        post["author"]["id"] == me
        or me in post["mentions"]
        or post["group"]["id"] in mine
        or (followed and post["group"]["kind"] in ("all", "public"))
    )
