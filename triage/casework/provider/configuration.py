"""What must be in order before a provider of identities is trusted: its address, the secret, our own address."""

import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from triage.settings import LOOPBACK, Settings

SECRET_FILE = "provider.secret"  # noqa: S105 - the name of a file
"""In the folder of the keys: what the provider gave this service as the secret of its client."""
_LEAST_SECRET = 24
RETURN_PATH = "/sign-in/provider/return"


def read_secret(settings: Settings) -> str:
    """The secret of the client, or an empty text."""
    try:
        return _file(settings).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def return_address(settings: Settings) -> str:
    """Where the provider sends people back to; exactly this is registered there."""
    return settings.address + RETURN_PATH


def provider_reasons(settings: Settings) -> Iterator[str]:
    """Every reason why this installation must not serve with the provider as it is configured, each with its name."""
    if settings.provider is None:
        if not settings.password_sign_in:
            yield "no-way-in: without a provider TRIAGE_PASSWORD_SIGN_IN cannot be no."
        return
    if settings.demonstration:
        yield "provider-in-demonstration: a demonstration has published accounts; take TRIAGE_OIDC_ISSUER away."
    if settings.provider.issuer.startswith("http:") and urlsplit(settings.provider.issuer).hostname not in LOOPBACK:
        yield "provider-insecure: TRIAGE_OIDC_ISSUER must begin with https://."
    if not settings.address:
        yield "provider-address: say in TRIAGE_ADDRESS which address the provider sends people back to."
    if not _file(settings).is_file():
        yield f"provider-secret-missing: write the secret of the client into {_file(settings)}, mode 0400."
    elif stat.S_IMODE(_file(settings).stat().st_mode) & 0o077:
        yield f"provider-secret-exposed: {_file(settings)} can be read by others; it must be 0400."
    elif len(read_secret(settings)) < _LEAST_SECRET:
        yield f"provider-secret-weak: the secret of the client has fewer than {_LEAST_SECRET} characters."


def _file(settings: Settings) -> Path:
    return settings.keys / SECRET_FILE
