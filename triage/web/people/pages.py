"""All pages of the people of a case on their blueprint."""

from triage.web.people import adding, attending, changing, declining, listed, relating
from triage.web.people.blueprint import blueprint

__all__ = ["adding", "attending", "blueprint", "changing", "declining", "listed", "relating"]
