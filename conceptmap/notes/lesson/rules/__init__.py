"""The rules for lessons, a file for each sort of thing they read: functions that the table of rules names in its rows.

What a function finds cites the class of its row, unless it says otherwise.
"""
