"""The blueprint that the pages of the people of a case share."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
