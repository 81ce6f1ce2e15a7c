"""`python -m teamaround COMMAND`: every command of the service."""

import os
import sys

from django.core.management import execute_from_command_line

from teamaround.jobs import checking_feeds

if __name__ == "__main__":
    # A supplier checks a file on a machine of their own, where nothing of the service is set up.
    if sys.argv[1:2] == ["check_feed"]:
        sys.exit(checking_feeds.main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teamaround.config.settings")
    execute_from_command_line(["teamaround", *sys.argv[1:]])
