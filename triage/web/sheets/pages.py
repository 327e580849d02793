"""Every page about sheets: importing this module adds them to the blueprint."""

from triage.web.sheets import handing, views
from triage.web.sheets.blueprint import blueprint

__all__ = ["blueprint", "handing", "views"]
