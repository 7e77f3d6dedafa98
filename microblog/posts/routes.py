"""Posts over HTTP."""

from __future__ import annotations

from microblog.http import Listing, Row
from microblog.posts import timelines
from microblog.posts.beforehand import publish_beforehand, revise_beforehand
from microblog.posts.changes import revise, withdraw
from microblog.posts.model import (
    HistoryPage,
    Page,
    Post,
    Publish,
    Reacted,
    ReadMark,
    ReadUpTo,
    Revise,
    Revision,
    ThreadPage,
    Unread,
)
from microblog.posts.publish import publish
from microblog.posts.queries import history, post, shown_post, thread
from microblog.posts.reactions import bookmark, react, unbookmark, unreact
from microblog.posts.reading import read_up_to, unread

_Posts = Listing[Post]

ROWS = (
    Row(
        "POST",
        "/posts",
        publish,
        201,
        body=Publish,
        answers=Post,
        subject="post",
        again=shown_post,
        prepare=publish_beforehand,
        summary="Say something",
    ),
    Row("GET", "/posts/{id}", post, answers=Post, summary="A post with all of its text"),
    Row(
        "PATCH",
        "/posts/{id}",
        revise,
        body=Revise,
        answers=Post,
        prepare=revise_beforehand,
        summary="Say it differently",
    ),
    Row("DELETE", "/posts/{id}", withdraw, answers=Post, summary="Take it back"),
    Row(
        "GET", "/posts/{id}/thread", thread, query=ThreadPage, answers=_Posts, summary="The thread of a post"
    ),
    Row(
        "GET",
        "/posts/{id}/history",
        history,
        query=HistoryPage,
        answers=Listing[Revision],
        summary="What a post said before",
    ),
    Row("PUT", "/posts/{id}/reactions/{name}", react, answers=Reacted, summary="React to a post"),
    Row("DELETE", "/posts/{id}/reactions/{name}", unreact, answers=Reacted, summary="Take a reaction back"),
    Row("PUT", "/posts/{id}/bookmark", bookmark, status=204, summary="Keep a post at hand"),
    Row("DELETE", "/posts/{id}/bookmark", unbookmark, status=204, summary="No longer keep it at hand"),
    Row("GET", "/timelines/home", timelines.home, query=Page, answers=_Posts, summary="What concerns you"),
    Row(
        "GET",
        "/timelines/all",
        timelines.everyone,
        query=Page,
        answers=_Posts,
        summary="What is said to everyone",
    ),
    Row(
        "GET",
        "/timelines/mentions",
        timelines.mentioning,
        query=Page,
        answers=_Posts,
        summary="Posts that mention you",
    ),
    Row(
        "GET",
        "/timelines/bookmarks",
        timelines.bookmarked,
        query=Page,
        answers=_Posts,
        summary="Posts that you keep at hand",
    ),
    Row(
        "GET",
        "/timelines/group/{handle}",
        timelines.group,
        query=Page,
        answers=_Posts,
        summary="What is said in a group",
    ),
    Row(
        "GET",
        "/timelines/person/{handle}",
        timelines.person,
        query=Page,
        answers=_Posts,
        summary="What somebody says",
    ),
    Row(
        "GET",
        "/timelines/topic/{name}",
        timelines.topic,
        query=Page,
        answers=_Posts,
        summary="What is said about a topic",
    ),
    Row("GET", "/unread", unread, answers=Listing[Unread], summary="What is new in your groups"),
    Row("PUT", "/reads", read_up_to, body=ReadUpTo, answers=ReadMark, summary="Say how far you have read"),
)
