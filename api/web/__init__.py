"""The web page: what it shows, as values; and its templates, style sheet and modules."""
