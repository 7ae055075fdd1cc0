"""The outline: which blocks are topics, fields, cues and lists, before any name is looked up."""
