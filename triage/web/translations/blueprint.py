"""The blueprint of the translators' room."""

from flask import Blueprint

blueprint = Blueprint("translations", __name__, url_prefix="/translations")
