"""What weighs most: `what speaks most for A?`, `the best argument against A`, `what supports A most?`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conceptmap.ask.form import Account, Composed, Form, Query
from conceptmap.ask.forms.related import Related
from conceptmap.ask.forms.strength import beside, standings, statement
from conceptmap.ask.found import Found, Piece
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.saying import listed
from graphs.view import View
from ontology.terms import OPPOSES, SUPPORTS


@dataclass(frozen=True, slots=True)
class Strongest(Query):
    """Those among what supports or opposes a statement that are strongest themselves."""

    among: Related

    def find(self, view: View) -> list[Found]:
        """The strongest by each method; nothing where all are alike. What is only asked does not count."""
        score_by_id = standings(view)[0]
        score = score_by_id.get(self.among.anchor or "")
        if score is None:
            return []
        edges = score.supports if self.among.relation.polarity > 0 else score.opposes
        speakers = {edge.other(score.node) for edge in edges}
        found = [one for one in self.among.find(view) if one.id in speakers]
        best: set[str] = set()
        for method in score.strengths:
            strengths = {one.id: score_by_id[one.id].strengths[method] or 0.0 for one in found if one.id}
            best |= {node for node, strength in strengths.items() if strength == max(strengths.values())}
        return [one for one in found if one.id in best] if len(found) == 1 or len(best) < len(found) else []

    def account(self, view: View) -> Account:
        """What the relation takes up."""
        return self.among.account(view)

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of the relation, and that the strongest are meant."""
        yield from self.among.pieces(view)
        yield Piece("of them", "the strongest")

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """What weighs most, and that several do so alike."""
        among = len(self.among.find(view))
        says = f"{self.lead(view)}: {listed([one.label for one in found])}."
        if among == 1:
            return f"{says} Nothing else does."
        if len(found) > 1:
            return f"{says} These count alike, or methods differ."
        return says

    def lead(self, view: View) -> str:
        """`What supports A most`."""
        says, label = self.among.relation.says, view.node(self.among.anchor or "").label
        return f"What most {says} “{label}”"

    def missing(self, view: View) -> str:
        """`what most supports A`."""
        alike = len(self.among.find(view)) > 1
        return f"w{self.lead(view)[1:]}" + (": all that does counts alike, or is only asked" if alike else "")


def _read(question: ParsedQuestion) -> Iterator[Query | Composed]:
    relations = question.view.vocabulary.relations
    for cue, name in (("most for", SUPPORTS), ("most against", OPPOSES)):
        if question.named and question.asks_for(cue) and name in relations:
            topic = question.named[0]
            among = Related(relations[name], statement(question, topic), inverse=True)
            yield Composed(Strongest(among), (beside(question, topic),))
            return
    for span in question.cue_spans("strongest", "most"):
        rest = question.without(span.start, span.end)
        for query in rest.read() if rest.named else ():
            if isinstance(query, Related) and _weighs(query):
                yield Composed(Strongest(query), (rest,))
        return


def _weighs(query: Related) -> bool:
    """Whether it asks what speaks for or against one statement."""
    return query.relation.polarity != 0 and query.anchor is not None and query.inverse and not query.chain


def _with(prepositions: str) -> str:
    """Verbs that stand apart from their preposition: `speaks most for`."""
    return "; ".join(
        f"{verb} {degree} {one.strip()}"
        for verb in "speaks speak counts count weighs weigh argues argue tells tell is".split()
        for degree in ("most", "most strongly", "strongest", "loudest", "best", "the strongest")
        for one in prepositions.split(";")
    )


STRONGEST = Form(
    "strongest",
    _read,
    cues={
        "strongest": """
            best; strongest; most convincing; most compelling; most persuasive; most decisive; weightiest; heaviest;
            most strongly; most clearly; most powerful; most credible; most important
        """,
        "most": "",
        "most for": _with("for; in favour of; in favor of"),
        "most against": _with("against"),
    },
    examples={"what weighs most": ["what speaks most against the model just memorizing?"]},
)
