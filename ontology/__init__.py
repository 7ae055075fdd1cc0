"""What may be said: kinds, relations, documents, rules and errors."""
