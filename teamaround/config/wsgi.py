import os

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teamaround.config.settings")
application = get_wsgi_application()

# Django checks at its own commands only; a server that must not run must not start, whoever starts it.
wrong = [one for one in checks.run_checks(databases=["default"]) if one.is_serious()]
connections.close_all()
if wrong:
    raise ImproperlyConfigured("\n".join(str(one) for one in wrong))
