"""`python -m microblog`."""

from microblog.cli import main

main()
