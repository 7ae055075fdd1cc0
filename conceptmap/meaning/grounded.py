"""Grounded labels: which statements stand without any numbers, if nothing is believed that need not be.

A node is in where all that is said against it is out, and out where something against it is in. An Argument also needs
its premises: it is in only with all of them in, and out with one of them out. What neither reaches is undecided. This
is the grounded labelling of Dung (1995) and Caminada (2006), with premises as in abstract dialectical frameworks
(Brewka and Woltran 2010). Support does not count here, but through an Argument.
"""

from collections import deque
from typing import Literal

from conceptmap.meaning.debate import Debate

Label = Literal["in", "out", "undecided"]


def labels_of(debate: Debate) -> dict[str, Label]:
    """The grounded label of every node of a debate. It costs the number of its nodes and edges."""
    waits: dict[str, int] = {}
    told: dict[str, list[tuple[str, bool]]] = {}
    for node in debate.bases:
        against, premises = debate.against(node), debate.premises_of(node)
        waits[node] = len(against) + len(premises)
        for one in against:
            told.setdefault(one, []).append((node, False))
        for one in premises:
            told.setdefault(one, []).append((node, True))
    found: dict[str, Label] = {node: "in" for node, count in waits.items() if not count}
    ready = deque(found)
    while ready:
        node = ready.popleft()
        for other, needs in told.get(node, ()):
            if other in found:
                continue
            waits[other] -= 1
            if (found[node] == "in") != needs:
                found[other] = "out"
            elif not waits[other]:
                found[other] = "in"
            else:
                continue
            ready.append(other)
    return {node: found.get(node, "undecided") for node in debate.bases}
