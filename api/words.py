"""Names of kinds and relations in addresses."""

from api.errors import BadRequest
from ontology.vocabulary import Vocabulary


def known_kind(vocabulary: Vocabulary, name: str) -> str:
    """The kind of this name or noun, in any case. Raises `BadRequest`."""
    if (kind := vocabulary.kind(name)) is None:
        raise BadRequest(f"there is no kind {name!r}; there are {', '.join(vocabulary.kinds)}")
    return kind.name


def known_relation(vocabulary: Vocabulary, name: str) -> str:
    """The relation of this name or inverse name, in any case. Raises `BadRequest`."""
    if (direction := vocabulary.direction(name)) is None:
        raise BadRequest(f"there is no relation {name!r}; there are {', '.join(vocabulary.relations)}")
    return direction.relation.name
