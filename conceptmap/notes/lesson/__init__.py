"""The lesson: what rules read on a page that nobody annotated."""
