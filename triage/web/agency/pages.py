"""The blueprint of the portal with every page of it."""

from triage.web.agency import colleagues, imports, questions  # noqa: F401 — their pages are of the same blueprint
from triage.web.agency.views import blueprint

__all__ = ["blueprint"]
