"""The commands, by what they are about."""

from __future__ import annotations

import sys

import click

from microblog import __version__
from microblog.access import NewActor, create_actor, hash_password, make_token
from microblog.bots import add_bot
from microblog.cli.serve import serve
from microblog.cli.work import act, sentences, settled
from microblog.db.migrate import migrate as migrate_store
from microblog.posts import erase as erase_post


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="microblog")
def microblog() -> None:
    """A real-time microblogging server for one organisation."""


microblog.add_command(serve)


@microblog.command()
def migrate() -> None:
    """Bring the store's schema up to date. `serve` does this by itself."""
    settings = settled().settings
    with sentences():
        migrate_store(settings.database_url, settings.data)


@microblog.command()
def settings() -> None:
    """Print every setting, its value and where that came from."""
    loaded = settled()
    for name, value, source, description in loaded.lines():
        click.echo(f"{name}={value}  ({source})\n    {description}")
    for name in loaded.unknown:
        click.echo(f"{name} is set in the environment and is no setting.")


@microblog.group()
def person() -> None:
    """People: employees and guests."""


@person.command("add")
@click.argument("handle")
@click.option("--name", required=True, help="What they are called.")
@click.option("--email", required=True, help="Their e-mail address; they can log in with it.")
@click.option("--admin", is_flag=True, help="Lets them close accounts. They read no more than anyone.")
@click.option("--guest", metavar="ORGANISATION", help="They are a guest, from this organisation.")
@click.option("--password-stdin", is_flag=True, help="Read their password from standard input.")
def person_add(
    handle: str, name: str, email: str, admin: bool, guest: str | None, password_stdin: bool
) -> None:
    """Add a person. Without a password they can be given a token, but can not log in."""
    if admin and guest:
        raise click.UsageError("A guest can not be an administrator.")
    settings = settled().settings
    with sentences():
        password = hash_password(sys.stdin.readline().rstrip("\r\n")) if password_stdin else None
    draft = NewActor(
        handle=handle,
        name=name,
        email=email,
        admin=admin,
        kind="guest" if guest else "person",
        organisation=guest,
        password=password,
    )
    made = act(settings, create_actor, draft)
    click.echo(f"Added {made.name} as @{made.handle}.")


@microblog.command()
@click.argument("handle")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
def token(handle: str, name: str) -> None:
    """Make a token for somebody, and print it alone."""
    click.echo(act(settled().settings, make_token, handle, name).secret)


@microblog.group()
def bot() -> None:
    """Bots."""


@bot.command("add")
@click.argument("handle")
@click.option("--name", required=True, help="What it is called.")
def bot_add(handle: str, name: str) -> None:
    """Add a bot, and print its token alone."""
    click.echo(act(settled().settings, add_bot, handle, name).secret)


@microblog.command()
@click.argument("post", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="The legal ground; stands on /policy for ever.")
@click.option("--by", required=True, metavar="HANDLE", help="Who answers for it; stands there too.")
def erase(post: int, reason: str, by: str) -> None:
    """Erase a post, because the law says so. A tombstone with the reason stays."""
    act(settled().settings, erase_post, post, reason=reason, by=by)
    click.echo(f"Post {post} was erased, and the erasure entered on /policy.")
