"""The blueprint of the pages about sheets."""

from flask import Blueprint

blueprint = Blueprint("sheets", __name__)
