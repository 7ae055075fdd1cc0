"""SHACL: shapes that somebody wrote, read with care and tried on a map by pySHACL in a process of its own."""
