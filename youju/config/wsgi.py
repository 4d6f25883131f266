"""The WSGI application that granian or gunicorn serves: the pages, and in front of them what a room full of phones taps."""

import os
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")


def _application() -> WSGIApplication:
    pages = get_wsgi_application()
    from youju.web.signin.straight import Straight  # needs the tables, which are loaded only now

    return Straight(pages)


application = _application()
