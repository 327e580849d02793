"""The blueprint that the pages of the interview share."""

from flask import Blueprint

blueprint = Blueprint("interview", __name__)
