"""The `triage` command.

Holds: one module per group of sub-commands: check, decide, assess, serve and the others.
May import: casework and every room below it, and settings; never the store.
Read first: `main`, below, which lists the commands.
"""
