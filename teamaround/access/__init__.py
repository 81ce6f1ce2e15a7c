"""Who may do and see what. One table (policy), relations that are filters, one door that records every look.

"May this person?" is asked here; "may anyone, now?" is asked in the chapter that owns the record.
"""
