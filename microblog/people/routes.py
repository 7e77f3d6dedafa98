"""People over HTTP."""

from __future__ import annotations

from microblog.http import Listing, Row
from microblog.people.actions import revise_me
from microblog.people.follows import follow_person, follow_topic, unfollow_person, unfollow_topic
from microblog.people.model import Me, Person, PersonPage, ReviseMe, SayWhere, Search, Whereabouts
from microblog.people.queries import me, people, person
from microblog.people.whereabouts import list_whereabouts, say_where

ROWS = (
    Row("GET", "/me", me, answers=Me, summary="Your own account"),
    Row("PATCH", "/me", revise_me, body=ReviseMe, answers=Me, summary="Change your own account"),
    Row("PUT", "/me/whereabouts", say_where, body=SayWhere, answers=Whereabouts, summary="Say where you are"),
    Row("GET", "/whereabouts", list_whereabouts, answers=Listing[Whereabouts], summary="Where everyone is"),
    Row("GET", "/people", people, query=Search, answers=Listing[Person], summary="Look for people"),
    Row("GET", "/people/{handle}", person, answers=PersonPage, summary="One person"),
    Row("PUT", "/people/{handle}/follow", follow_person, status=204, summary="Follow somebody"),
    Row("DELETE", "/people/{handle}/follow", unfollow_person, status=204, summary="Unfollow somebody"),
    Row("PUT", "/topics/{name}/follow", follow_topic, status=204, summary="Follow a topic"),
    Row("DELETE", "/topics/{name}/follow", unfollow_topic, status=204, summary="Unfollow a topic"),
)
