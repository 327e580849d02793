"""The blueprint that the pages of one's own account share."""

from flask import Blueprint

blueprint = Blueprint("own", __name__)
