"""The pages of the flows and rules: the list of all, a drawing with its text, a question. No case is in any of them."""

from flask import Blueprint, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.checks.pictures.model import slug
from triage.checks.pictures.things import finding_title, outcome_title
from triage.web.flows.gallery import TWIN, Gallery, gallery_of
from triage.web.flows.proof_page import by_kind, proof_page
from triage.web.flows.question_page import question_page
from triage.web.shared.guards import reads, service
from triage.web.shared.language import current_language, current_words

blueprint = Blueprint("flows", __name__)
blueprint.add_app_template_filter(slug, "address")


def _gallery() -> Gallery:
    opened = service()
    return gallery_of(opened.settings.flows, opened.rules.rulebook, current_app.config["LOCALES"], current_language())


def _pages() -> str:
    return url_for("flows.index") + "/"


def _drawing(kind: str, address: str) -> ResponseReturnValue:
    """Show a drawing with its text, or end with the constant 404."""
    gallery = _gallery()
    shown = gallery.shown(kind, address, _pages())
    if shown is None:
        abort(404)
    key = gallery.album.texts.phrase("coverage.key") if gallery.album.coverage else ""
    return render_template("flows/drawing.html", shown=shown, pages=_pages(), twin=TWIN, key=key)


@blueprint.get("/flows")
@reads("flows", "read")
def index(_actor: Actor) -> ResponseReturnValue:
    """List every flow, set of rules, finding and outcome."""
    gallery = _gallery()
    album, names = gallery.album, gallery.names
    lists = {
        "parts": [(address, letter, album.texts(f"flow.{letter}.title")) for address, letter in names["parts"].items()],
        "rules": [(address, "", album.texts.phrase(f"rules.{name}")) for address, name in names["rules"].items()],
        "findings": [(one, name, finding_title(name, album.texts)) for one, name in names["findings"].items()],
        "outcomes": [(one, name, outcome_title(name, album.texts)) for one, name in names["outcomes"].items()],
    }
    return render_template("flows/index.html", lists=lists, pages=_pages())


@blueprint.get("/flows/proof")
@reads("flows", "read")
def proof(_actor: Actor) -> ResponseReturnValue:
    """Show what was proved of the flows in force, and each case that breaks something."""
    opened = service()
    page = proof_page(opened.settings.flows, opened.rules.rulebook, current_words())
    return render_template("flows/proof.html", page=page, by_kind=by_kind)


@blueprint.get("/flows/parts/<letter>")
@reads("flows", "read")
def part(_actor: Actor, letter: str) -> ResponseReturnValue:
    """Show a flow."""
    return _drawing("parts", letter)


@blueprint.get("/flows/rules/<rules>")
@reads("flows", "read")
def rule_set(_actor: Actor, rules: str) -> ResponseReturnValue:
    """Show a set of rules, or the definitions."""
    return _drawing("rules", rules)


@blueprint.get("/flows/findings/<finding>")
@reads("flows", "read")
def finding(_actor: Actor, finding: str) -> ResponseReturnValue:
    """Show what leads to a finding."""
    return _drawing("findings", finding)


@blueprint.get("/flows/outcomes/<outcome>")
@reads("flows", "read")
def outcome(_actor: Actor, outcome: str) -> ResponseReturnValue:
    """Show what leads to an outcome or a result."""
    return _drawing("outcomes", outcome)


@blueprint.get("/flows/questions/<question>")
@reads("flows", "read")
def question(_actor: Actor, question: str) -> ResponseReturnValue:
    """Show a question in plain words."""
    album = _gallery().album
    found = album.book.questions.get(question.upper())
    if found is None or question != question.lower():
        abort(404)
    return render_template("flows/question.html", page=question_page(found, album), pages=_pages())
