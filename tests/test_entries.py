import json
import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from graphs.entries import canonical_json
from ontology.errors import InvalidDocument
from ontology.model import read_document
from ontology.names import visible
from small_maps import document

NUMBERS = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(-(2.0**53) + 1, 2.0**53 - 1),
    st.floats(-1e-3, 1e-3),
    st.sampled_from((-0.0, 1e-7, 1e-4, 1e15, 1e15 + 0.5, 2.5, 100.0, 2**53 - 1)),
)
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Cf")), min_size=1, max_size=5)
KEYS = TEXTS.filter(lambda text: bool(visible(text)))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_the_text_is_what_rfc_8785_asks_for(data: dict[str, object]) -> None:
    said = document(1, data=data)
    text = canonical_json(said)
    assert text == rfc8785.dumps(said.as_json()).decode()
    assert canonical_json(read_document(text)) == text


@pytest.mark.parametrize("number", [math.nan, math.inf, 2**53, -(2**60)])
def test_a_number_that_json_cannot_carry_is_refused(number: float) -> None:
    with pytest.raises(InvalidDocument, match="cannot carry"):
        canonical_json(document(1, data={"n": number}))


def test_numbers_are_written_the_shortest_way() -> None:
    assert json.loads(canonical_json(document(1, data={"hours": 2.5, "weeks": 3.0})))["data"] == {
        "hours": 2.5,
        "weeks": 3,
    }
