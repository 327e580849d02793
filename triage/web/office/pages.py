"""Every page of the office on its blueprint."""

from triage.web.office import messages
from triage.web.office.accounts import blueprint

__all__ = ["blueprint", "messages"]
