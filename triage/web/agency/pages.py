"""The blueprint of the portal with every page of it."""

from triage.web.agency import questions  # noqa: F401 — its pages are of the same blueprint
from triage.web.agency.views import blueprint

__all__ = ["blueprint"]
