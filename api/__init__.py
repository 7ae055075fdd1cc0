"""The doors: the map over HTTP."""
