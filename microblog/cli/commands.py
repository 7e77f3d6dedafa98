"""The commands, by what they are about."""

from __future__ import annotations

import sys

import click
import structlog

from microblog import __version__
from microblog.access import NewPerson, add_person, make_token
from microblog.bots import NewBot, add_bot
from microblog.cli.work import act, sentences, settled
from microblog.db.migrate import migrate as migrate_store
from microblog.posts import erase as erase_post
from microblog.settings import Loaded, resembling

log = structlog.get_logger("microblog")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="microblog")
def microblog() -> None:
    """A real-time microblogging server for one organisation."""


@microblog.command()
@click.option("--host", help="Address or name to listen on.")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.")
@click.option("--workers", type=int, help="Processes that serve; more than one needs Redis.")
@click.option("--demo", is_flag=True, help="Serve a made-up company on a throwaway store.")
def serve(host: str | None, port: int | None, workers: int | None, demo: bool) -> None:
    """Serve, until SIGTERM or Ctrl-C."""
    loaded = settled(host=host, port=port, workers=workers)
    _point_out(loaded)
    # Imported here, because they bring half a second of server with them that no other command needs.
    from microblog.cli.serve import run

    with sentences():
        if demo:
            from microblog.demo import throwaway

            with throwaway(loaded.settings) as company:
                sys.exit(run(company.settings, company.greet, company.compose))
        sys.exit(run(loaded.settings))


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
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    draft = NewPerson(handle=handle, name=name, email=email, admin=admin, guest=guest, password=password)
    made = act(settings, add_person, draft)
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
    click.echo(act(settled().settings, add_bot, NewBot(handle=handle, name=name)).token.secret)


@microblog.command()
@click.argument("post", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="The legal ground; stands on /policy for ever.")
@click.option("--by", required=True, metavar="HANDLE", help="Who answers for it; stands there too.")
def erase(post: int, reason: str, by: str) -> None:
    """Erase a post, because the law says so. A tombstone with the reason stays."""
    act(settled().settings, erase_post, post, reason, by)
    click.echo(f"Post {post} was erased, and the erasure entered on /policy.")


def _point_out(loaded: Loaded) -> None:
    for name in loaded.unknown:
        log.warning("not a setting", variable=name, meant=resembling(name))
