"""Why a server would not start."""


class Refused(Exception):
    """The server does not start. The message is one sentence for whoever typed the command."""
