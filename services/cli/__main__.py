"""`python -m services.cli` is `newsmon`."""

from services.cli import main

main()
