"""Every page of the room on its blueprint."""

from triage.web.openings import addresses
from triage.web.openings.cards import blueprint

__all__ = ["addresses", "blueprint"]
