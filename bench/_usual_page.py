"""The page that the wizard is compared with: Flask, Flask-WTF, flask-babel and the SQLAlchemy ORM, as is usual.

A page of the size of ours (about 14 kB, 145 texts looked up): a form of the same eleven fields with its token, the
last answer read through the ORM, and on a post the form checked and one durable insert. No session, access, wall,
sealed field, audit line, rules or way on. Source: the performance contract of the design page, 10.
"""

from collections.abc import Callable
from pathlib import Path

from flask import Flask, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import Babel, gettext, lazy_gettext
from flask_wtf import FlaskForm
from jinja2 import DictLoader
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

TEXTS = 145
_CODES = ("contact", "messages", "visits", "children", "money", "none")
_SOURCES = ("SELF", "ISS", "POL", "HEA", "CSC", "CRT", "PROB", "OTH")
_PAGE = """<!doctype html><html lang="{{ locale }}"><head><title>{{ _("Question") }}</title></head><body>
<nav>{% for number in range(links) %}
<a class="navigation-item" href="/part/{{ number }}">{{ _("Part of the assessment") }}</a>
{% endfor %}</nav>
<p>{{ _("Already answered") }}: {{ last.value if last }}</p>
<form method="post" novalidate>{{ form.hidden_tag() }}
{% for field in form if field.type != "CSRFTokenField" %}
<div class="form-group"><h2 class="form-heading">{{ field.label }}</h2>
<div class="form-hint">{{ _("Why and how to ask") }}</div>
{{ field(class="form-field") }}{% for error in field.errors %}<p class="error-message">{{ error }}</p>{% endfor %}</div>
{% endfor %}<button>{{ _("Save and continue") }}</button></form>
{% for number in range(lines) %}
<p class="body-text" id="line-{{ number }}"><strong class="line-heading">{{ _("Save and leave") }}</strong>
<span class="line-detail">
{{ _("If somebody said it, put it between quotation marks. Nothing is blocked: you decide.") }}</span>
</p>{% endfor %}
</body></html>"""


class Base(DeclarativeBase):
    """The tables of the page."""


class Answer(Base):
    """One answer."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str]
    source: Mapped[str]
    said_by: Mapped[str]
    on: Mapped[str]


def _options(codes: tuple[str, ...]) -> list[tuple[str, object]]:
    return [(code, lazy_gettext("Not recorded")) for code in codes]


class QuestionForm(FlaskForm):
    """The fields that every question of the wizard has."""

    code = RadioField(
        lazy_gettext("Question"), choices=_options((*_CODES, "NK", "DEC", "NSA")), validators=[InputRequired()]
    )
    source = RadioField(
        lazy_gettext("Where does this come from?"), choices=_options(_SOURCES), validators=[InputRequired()]
    )
    said_by = RadioField(
        lazy_gettext("Whose words are these?"), choices=_options(("A", "B", "other")), validate_choice=False
    )
    other = StringField(lazy_gettext("If someone else, who?"), validators=[Length(max=100)])
    alone = RadioField(
        lazy_gettext("Were they seen alone?"), choices=_options(("yes", "no", "unsaid")), validate_choice=False
    )
    on = DateField(lazy_gettext("When was this said or seen?"), validators=[InputRequired()])
    contact = StringField(lazy_gettext("Which conversation?"), validators=[Length(max=40)])
    flags = SelectMultipleField(
        lazy_gettext("Tick what applies"), choices=_options(("tainted", "hearsay", "interested"))
    )
    recording = SelectField(
        lazy_gettext("Is there a recording?"), choices=_options(("absent", "plain", "authenticated"))
    )
    copy_of = SelectField(lazy_gettext("Is it copied from another answer?"), choices=_options(("absent",)))
    value = TextAreaField(lazy_gettext("In their words"), validators=[Length(max=4000)])


def usual_program(folder: Path) -> tuple[Flask, Callable[[], int]]:
    """Make the program over a SQLite file of the folder; and what counts its answers."""
    engine = create_engine(f"sqlite:///{folder}/usual.sqlite3")

    @event.listens_for(engine, "connect")
    def durable(connection: object, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]  # the driver's own connection

    Base.metadata.create_all(engine)
    app = Flask("usual")
    app.secret_key = "not a secret: nothing real is kept here"  # noqa: S105 - signs the cookie of a measurement
    Babel(
        app, default_locale="fr", default_translation_directories=str(Path(__file__).resolve().parents[1] / "locales")
    )
    app.jinja_loader = DictLoader({"question.html": _PAGE})
    shown = {"links": 40, "lines": 16}

    @app.route("/question", methods=["GET", "POST"])
    def question() -> ResponseReturnValue:
        form = QuestionForm()
        with Session(engine) as session:
            if form.validate_on_submit():
                session.add(
                    Answer(
                        value=form.code.data,
                        source=form.source.data,
                        said_by=form.said_by.data or "",
                        on=form.on.data.isoformat(),
                    )
                )
                session.commit()
                return redirect("/question", 303)
            last = session.scalars(select(Answer).order_by(Answer.id.desc()).limit(1)).first()
            return render_template("question.html", **shown, form=form, last=last, locale="fr", _=gettext)

    def kept() -> int:
        with Session(engine) as session:
            return session.scalar(select(func.count()).select_from(Answer)) or 0

    return app, kept
