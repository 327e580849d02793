"""The way in for a web server: `gunicorn app:app` serves the installation that the environment names."""

import gc
import os

from triage.casework.installation import reasons_not_to_serve
from triage.casework.service import NotReady, open_service
from triage.settings import settings_from
from triage.web.factory import create_app

settings = settings_from(os.environ)
service = open_service(settings)
if reasons := reasons_not_to_serve(service, os.environ):
    raise NotReady(reasons)
app = create_app(settings, service)
# The flows and their compiled rules live as long as the process: no collection needs to look at them again.
gc.freeze()
# What a case or a page makes is freed as soon as nobody holds it; cycles are few. Looking for them after every 700 new
# objects, as Python does by itself, costs a tenth of every assessment (ADR 0039).
gc.set_threshold(10_000)
