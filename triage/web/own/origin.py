"""Under which address people reach the program: what a passkey is bound to."""

from urllib.parse import urlsplit

from flask import request

from triage.casework.accounts.passkeys import Origin
from triage.web.shared.guards import service


def origin() -> Origin:
    """Give the address of the settings; without one the program is on the loopback alone, and the request's will do."""
    address = service().settings.address or request.host_url.rstrip("/")
    return Origin(urlsplit(address).hostname or "", address)
