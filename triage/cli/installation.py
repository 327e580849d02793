"""What the commands about an installation share: its settings and its service, or a plain word on standard error."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from triage.casework.service import NotReady, Service, open_service, prepare_database
from triage.settings import BadSetting, Settings, settings_from

CHECK_FAILED, BAD_USAGE = 1, 2


def read_settings() -> Settings:
    """The settings of the environment, or exit 2 naming the one that cannot be read."""
    try:
        return settings_from(os.environ)
    except BadSetting as fault:
        give_up([str(fault)], BAD_USAGE)


def prepared(settings: Settings) -> None:
    """Bring the database up to date; or exit 1 saying why it cannot be."""
    try:
        prepare_database(settings)
    except NotReady as fault:
        give_up(fault.problems, CHECK_FAILED)


@contextmanager
def opened(settings: Settings) -> Iterator[Service]:
    """The open installation, closed at the end; or exit 1 naming what is missing."""
    try:
        service = open_service(settings)
    except NotReady as fault:
        give_up(fault.problems, CHECK_FAILED)
    try:
        yield service
    finally:
        service.database.close()


def give_up(reasons: Iterable[str], code: int) -> NoReturn:
    """Say every reason on standard error and exit."""
    for reason in reasons:
        print(reason, file=sys.stderr)
    raise SystemExit(code)
