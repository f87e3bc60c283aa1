"""`python -m bot` is `evidence-bot`."""

from bot.cli import main

main()
