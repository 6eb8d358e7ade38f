#!/bin/bash
# Makes the tables that others rely on.
exec python3 koku/manage.py migrate
