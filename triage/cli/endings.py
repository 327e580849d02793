"""How a command ends when the system does not let it read or write: one plain sentence, never a traceback."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn, TextIO

BAD_USAGE, PIPE_CLOSED = 2, 141
"""141 is what a shell calls a program whose reader went away (128 + SIGPIPE); 1 would say that a check failed."""


@contextmanager
def plain_endings() -> Iterator[None]:
    """While a command runs: a fault of the system (OSError) ends it, quietly where nobody reads any more."""
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:  # None when the program was started without one
                sys.stdout.flush()
    except OSError as fault:
        _end(fault)


def _end(fault: OSError) -> NoReturn:
    _write_nowhere(sys.stdout)
    if fault.errno == errno.EPIPE:
        _write_nowhere(sys.stderr)
        sys.exit(PIPE_CLOSED)
    what = f"{fault.filename}:" if fault.filename is not None else "What the command says cannot be written:"
    with suppress(OSError):
        print(f"{what} {fault.strerror or fault}.", file=sys.stderr, flush=True)
    _write_nowhere(sys.stderr)
    sys.exit(BAD_USAGE)


def _write_nowhere(stream: TextIO | None) -> None:
    """What is still held back for a stream is dropped, so that the end of the program does not fail on it again."""
    with suppress(OSError, ValueError, AttributeError):  # a stream that is no file, or none at all
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]  # the AttributeError above
        os.close(nowhere)
