"""Formats that are written and read: what comes back is the map minus the listed losses."""

import pytest
from hypothesis import given

from conceptmap.formats import readers
from exchange import differences, maps
from graphs.view import View
from made_documents import BREAD
from ontology.rules import completed
from small_maps import view


@pytest.mark.parametrize("name", readers())
@given(one=maps())
def test_a_map_comes_back_minus_the_losses_that_are_listed(name: str, one: View) -> None:
    assert differences(name, one) == ([], [])


@pytest.mark.parametrize("name", readers())
def test_a_course_comes_back_minus_the_losses_that_are_listed(name: str) -> None:
    assert differences(name, view(completed(BREAD))) == ([], [])
