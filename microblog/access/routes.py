"""Sessions, invitations, joining and tokens over HTTP."""

from __future__ import annotations

from microblog.access.doors import Doors, LoggedIn, Login
from microblog.access.invitations import (
    Invitation,
    InvitationMade,
    NewInvitation,
    invite,
    list_invitations,
    withdraw_invitation,
)
from microblog.access.join import Join
from microblog.access.sessions import Session, end_session, list_sessions
from microblog.access.tokens import NewToken, Token, TokenMade, create_token, delete_token, list_tokens
from microblog.http import Listing, Row


def rows(doors: Doors) -> tuple[Row, ...]:
    """The rows of this slice. `doors` holds what logging in needs beyond one request."""
    return (
        Row(
            "POST",
            "/session",
            handler=doors.log_in,
            status=201,
            body=Login,
            answers=LoggedIn,
            open=True,
            secret=True,
            summary="Log in",
        ),
        Row("DELETE", "/session", handler=doors.log_out, status=204, secret=True, summary="Log out"),
        Row(
            "GET",
            "/sessions",
            list_sessions,
            answers=Listing[Session],
            secret=True,
            summary="Where you are logged in",
        ),
        Row("DELETE", "/sessions/{id}", end_session, status=204, summary="End one of your sessions"),
        Row(
            "POST",
            "/invitations",
            invite,
            status=201,
            body=NewInvitation,
            answers=InvitationMade,
            subject="invitation",
            secret=True,
            summary="Invite somebody",
        ),
        Row(
            "GET",
            "/invitations",
            list_invitations,
            answers=Listing[Invitation],
            summary="The invitations you sent",
        ),
        Row(
            "DELETE", "/invitations/{id}", withdraw_invitation, status=204, summary="Take an invitation back"
        ),
        Row(
            "POST",
            "/join",
            handler=doors.join,
            status=201,
            body=Join,
            answers=LoggedIn,
            open=True,
            secret=True,
            summary="Come in by an invitation or the set-up link",
        ),
        Row(
            "POST",
            "/tokens",
            create_token,
            status=201,
            body=NewToken,
            answers=TokenMade,
            subject="token",
            secret=True,
            summary="Make a token; its secret is shown once",
        ),
        Row("GET", "/tokens", list_tokens, answers=Listing[Token], secret=True, summary="Your tokens"),
        Row("DELETE", "/tokens/{id}", delete_token, status=204, summary="End one of your tokens"),
    )
