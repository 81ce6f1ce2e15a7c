"""Find a child in the index, with a reason; open a record; make one when there is none."""
