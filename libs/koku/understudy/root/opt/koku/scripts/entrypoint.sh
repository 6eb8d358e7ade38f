#!/bin/bash
cd "$APP_HOME" && exec gunicorn koku.wsgi --access-logfile=- --config gunicorn_conf.py --preload
