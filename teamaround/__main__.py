"""`python -m teamaround COMMAND`: every command of the service."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teamaround.config.settings")
    execute_from_command_line(["teamaround", *sys.argv[1:]])
