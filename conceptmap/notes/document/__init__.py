"""The document: names are looked up, and what is stated and derived becomes nodes and edges."""
