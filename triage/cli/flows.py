"""Load the flows for a command, or print every problem of them and leave with the right exit code."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from triage.cli.places import FOLDER_READ
from triage.flow.problems import Problem
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

flows_option = click.option(
    "--flows",
    type=FOLDER_READ,
    default=FLOWS,
    show_default="the flows shipped with the program",
    help="The directory of the flows.",
)


def loaded_or_exit(directory: Path, tell: Callable[[Problem], str] = str) -> Loaded:
    """Load a directory of flows; with a problem, tell all of them on standard error and exit with 2."""
    loaded = load(directory)
    if isinstance(loaded, Loaded):
        return loaded
    for problem in loaded:
        click.echo(tell(problem), err=True)
    sys.exit(2)
