"""All pages of the interview on their blueprint."""

from triage.web.interview import acts, answers, cases, findings
from triage.web.interview.blueprint import blueprint

__all__ = ["acts", "answers", "blueprint", "cases", "findings"]
