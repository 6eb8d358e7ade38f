#!/bin/bash
# Creates the tables that other programs use.
exec python3 koku/manage.py migrate
