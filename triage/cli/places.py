"""The places that commands are given to read or write: a wrong one is bad usage, told before any work is done."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

BAD_USAGE = 2


class _Place(click.Path):
    """A path that says something: an empty one would silently stand for the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's signature
        if not os.fspath(value):
            self.fail("an empty name is no place.", param, ctx)
        return super().convert(value, param, ctx)


class _Written(_Place):
    """A path that can be made where it is not yet; `with_parents` says whether folders above it may be missing too."""

    def __init__(self, *, with_parents: bool, **kinds: bool) -> None:
        super().__init__(writable=True, path_type=Path, **kinds)
        self.with_parents = with_parents

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's signature
        path: Path = super().convert(value, param, ctx)
        if path.exists():
            return path
        above = path.absolute().parent
        while self.with_parents and not os.path.lexists(above):
            above = above.parent
        if not above.is_dir():
            self.fail(f"'{path}' cannot be written: there is no folder '{above}'.", param, ctx)
        if not os.access(above, os.W_OK):
            self.fail(f"'{path}' cannot be written: '{above}' takes no files.", param, ctx)
        return path


FOLDER_READ = _Place(file_okay=False, exists=True, path_type=Path)
FILE_WRITTEN = _Written(with_parents=False, dir_okay=False)
FOLDER_WRITTEN = _Written(with_parents=True, file_okay=False)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """While a file or folder is written: what the system refuses is said by the name of the place, and exits with 2."""
    try:
        yield
    except OSError as fault:
        click.echo(f"{path}: {fault.strerror or 'cannot be written'}.", err=True)
        sys.exit(BAD_USAGE)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: it is written beside its place and then put there in one step.

    A place that is no ordinary file, such as a device, is written as it is. What the system refuses ends the program.
    """
    with writing(path):
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask()
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=".", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(mode)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise


def _mask() -> int:
    """The rights that new files do not get; the system tells them only by setting them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
