"""Every page of the office on its blueprint."""

from triage.web.office import agencies, messages
from triage.web.office.accounts import blueprint

__all__ = ["agencies", "blueprint", "messages"]
