"""Replaces Koku's package, which `celery -A koku` and `gunicorn koku.wsgi` load."""
