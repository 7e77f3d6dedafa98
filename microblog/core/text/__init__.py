"""What people write, parsed once: text becomes tokens, and a browser makes elements of tokens without ever setting HTML."""

from microblog.core.text.clean import clean
from microblog.core.text.fold import FOLD, fold
from microblog.core.text.parse import Parsed, parse
from microblog.core.text.plain import plain
from microblog.core.text.tokens import Block, Inline
from microblog.core.text.words import Person, handles, topic_key

__all__ = [
    "FOLD",
    "Block",
    "Inline",
    "Parsed",
    "Person",
    "clean",
    "fold",
    "handles",
    "parse",
    "plain",
    "topic_key",
]
