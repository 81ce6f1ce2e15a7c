"""The team around the child: members, meetings, lead professional."""
