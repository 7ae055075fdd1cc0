"""What the map says for and against its statements, and how strong that leaves them."""

from conceptmap.meaning.debate import Debate, debate_of
from conceptmap.meaning.grounded import Label
from conceptmap.meaning.scores import Score, score_of, scores_of

__all__ = ["Debate", "Label", "Score", "debate_of", "score_of", "scores_of"]
