"""In the place of Koku's package: what `celery -A koku` and `gunicorn koku.wsgi` look for."""
