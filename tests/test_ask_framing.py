"""Questions as people word them: what says nothing is passed over, idioms and split phrases are plain words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import conceptmap
from conceptmap.ask.asking import ask
from conceptmap.ask.idioms import IDIOMS
from conceptmap.atlas import open_atlas
from graphs.view import View

COURSES = {
    "robot-intelligence": Path(conceptmap.__file__).parent / "course",
    "bread": Path(__file__).parent / "courses" / "bread",
}


@pytest.fixture(scope="module")
def courses() -> Iterator[dict[str, View]]:
    with open_atlas("sqlite://") as atlas:
        for name, folder in COURSES.items():
            atlas[name].load(folder)
        yield {name: atlas[name].view() for name in COURSES}


ROBOTS = "robot-intelligence"
SAME = [
    ("bread", "any questions about bread that nobody answered yet", "open questions"),
    ("bread", "What did people use before the Dutch oven came along?", "what does the Dutch oven replace?"),
    (ROBOTS, "What was used for vision before ConvNets took over?", "what do ConvNets replace in vision?"),
    (ROBOTS, "what has nobody answered yet about Shannon's limit?", "open questions about Shannon's limit"),
    (ROBOTS, "what is not settled about Shannon's limit?", "open questions about Shannon's limit"),
    (ROBOTS, "Does anything remain to be asked about Shannon's limit?", "any open questions about Shannon's limit?"),
    ("bread", "Which questions has the course left without a reply?", "open questions"),
    ("bread", "List the questions that this course leaves open", "open questions"),
    (ROBOTS, "what on earth is attention?", "what is attention?"),
    (ROBOTS, "How does one get from more compute to better compression?", "from more compute to better compression"),
    ("bread", "List everything that was covered on day 2", "what is new on day 2?"),
    ("bread", "which methods came up in the whole bread course?", "which methods came up?"),
    ("bread", "In the bread lessons, which claims have no evidence?", "which claims have no evidence?"),
    ("bread", "Into how many steps does the course break down shaping?", "how many parts does shaping have?"),
    ("bread", "How many pieces is baking cut into?", "how many parts does baking have?"),
    ("bread", "Which claim stands without any evidence behind it?", "which claims have no evidence?"),
    ("bread", "Which claims are there for which there is counter-evidence?", "which claims have counter-evidence?"),
    ("bread", "claims for which there is no evidence", "which claims have no evidence?"),
    ("bread", "Which methods do I do with my own hands?", "which methods do I do by hand?"),
    ("bread", "How many questions does the bread course leave open?", "how many open questions are there?"),
    ("bread", "which sources can I quote on the starter?", "which sources are about the starter?"),
    ("bread", "How does one go about the float test?", "what is the float test?"),
    ("bread", "How is autolyse done?", "what is autolyse?"),
    ("bread", "Which claim has nothing to back it up?", "which claims have no evidence?"),
    ("bread", "Which claim has no evidence to back it?", "which claims have no evidence?"),
    ("bread", "what are the two rises that make up fermentation?", "what is part of fermentation?"),
    ("bread", "what takes the longest in bread?", "what takes the longest?"),
    ("bread", "What do I need under my belt for shaping?", "what does shaping require?"),
    ("bread", "What must one have at hand in order to use shaping?", "what does shaping require?"),
    ("bread", "A visitor would like to know what shaping requires.", "what does shaping require?"),
    ("bread", "Which claims come without a single piece of evidence?", "which claims have no evidence?"),
    ("bread", "Hang on, what does shaping require?", "what does shaping require?"),
    ("bread", "Above how many degrees does sugar on its own brown?", "above how many degrees does sugar alone brown?"),
    ("bread", "where does a plain flavour come from?", "what leads to plain flavour?"),
    ("bread", "What do I need under my belt before I tackle shaping?", "what does shaping require?"),
    (ROBOTS, "the evidence for the bitter lesson, what is it?", "what is the evidence for the bitter lesson?"),
    (ROBOTS, "wait, so did Deep Blue support the bitter lesson?", "did Deep Blue support the bitter lesson?"),
    (ROBOTS, "how come the bitter lesson?", "why the bitter lesson?"),
    (ROBOTS, "can you break scaling laws down into their parts?", "what are the parts of scaling laws?"),
    (ROBOTS, "which evidence holds the bitter lesson up?", "which evidence holds up the bitter lesson?"),
    (ROBOTS, "what took hand-crafted features' place?", "what replaced hand-crafted features?"),
    (ROBOTS, "hand-crafted features: what took their place?", "what replaced hand-crafted features?"),
    (ROBOTS, "What should I have under my belt before I tackle day 26?", "what do I need before day 26?"),
    (ROBOTS, "Which whole does attention fall under?", "what is attention part of?"),
    (ROBOTS, "Under which heading would one file attention?", "what is attention part of?"),
    (ROBOTS, "where does more compute lead?", "what does more compute lead to?"),
    (ROBOTS, "From where do scaling laws come?", "what do scaling laws follow from?"),
    (ROBOTS, "how do language and robotics differ when it comes to evaluation?", "language vs robotics on evaluation"),
    (ROBOTS, "as far as evaluation goes, how do language and robotics differ?", "language vs robotics on evaluation"),
    (ROBOTS, "A student should be able to name the parts of scaling laws.", "parts of scaling laws"),
    (ROBOTS, "My teacher asked us about attention. What is it part of?", "what is attention part of?"),
    (ROBOTS, "I keep reading about attention: what bigger thing does it belong to?", "what is attention part of?"),
    (ROBOTS, "what supports the idea that language models scale?", "what supports language models scale?"),
    (ROBOTS, "Suppose one has more compute. What follows?", "what does more compute lead to?"),
    (ROBOTS, "Does anything oppose the bitter lesson, and if so, what?", "what opposes the bitter lesson?"),
    (ROBOTS, "Deep Blue supports the bitter lesson, right?", "does Deep Blue support the bitter lesson?"),
    (ROBOTS, "True or false: Deep Blue supports the bitter lesson.", "does Deep Blue support the bitter lesson?"),
    (ROBOTS, "My niece wants to know what attention belongs to.", "what is attention part of?"),
    (ROBOTS, "Ladies and gentlemen, for ten points: what replaced parse trees?", "what replaced parse trees?"),
    (ROBOTS, "The evidence on which the bitter lesson is founded?", "evidence for the bitter lesson"),
    (ROBOTS, "I mix up language and robotics. How do they differ on evaluation?", "language vs robotics on evaluation"),
    (ROBOTS, "whats attention supposed to be?", "what is attention?"),
    (ROBOTS, "Before one can tackle scaling laws, what must one know?", "what do I need before scaling laws?"),
    (ROBOTS, "Reel off the parts of scaling laws.", "parts of scaling laws"),
    (ROBOTS, "Would you happen to know what attention is part of?", "what is attention part of?"),
    (ROBOTS, "In order to understand scaling laws, what do I need?", "what do I need before scaling laws?"),
    (ROBOTS, "attention, thats a piece of what again?", "what is attention part of?"),
    (ROBOTS, "Attention is a piece of which bigger topic?", "what is attention part of?"),
    (ROBOTS, "did scaling laws turn up later than attention?", "did scaling laws come up later than attention?"),
    (ROBOTS, "Would you say that attention is a concept?", "is attention a concept?"),
    (ROBOTS, "Do you think attention is nothing but a concept?", "is attention a concept?"),
    (ROBOTS, "does the diffusion policy count as hand-crafted?", "is the diffusion policy hand-crafted?"),
    (ROBOTS, "can the diffusion policy be regarded as learned?", "is the diffusion policy learned?"),
    (ROBOTS, "does Deep Blue support the bitter lesson, even indirectly?", "does Deep Blue support the bitter lesson?"),
    (ROBOTS, "what is attention, and is it a method?", "what is attention, and is attention a method?"),
    (ROBOTS, "does Deep Blue count in favour of the bitter lesson?", "does Deep Blue support the bitter lesson?"),
    ("bread", "what sets sourdough apart from yeasted bread?", "how do sourdough and yeasted bread differ?"),
    ("bread", "which taste do I get in sourdough?", "what is the taste of sourdough?"),
    (ROBOTS, "which claims cropped up after day 25?", "which claims came up after day 25?"),
    (ROBOTS, "when do we first come across attention?", "when is attention introduced?"),
    (ROBOTS, "On which day are the students introduced to attention?", "when is attention introduced?"),
    (ROBOTS, "what comes up after day 26, topic wise?", "what comes up after day 26?"),
    (ROBOTS, "who or what beat Kasparov?", "what beat Kasparov?"),
    (ROBOTS, "Who or what managed to beat Kasparov?", "what beat Kasparov?"),
    (ROBOTS, "which questions has nobody answered so far?", "which questions are not answered?"),
    (ROBOTS, "Is there a claim for which nobody has offered any evidence?", "which claims have no evidence?"),
    (ROBOTS, "what builds either on attention or on scaling laws?", "what builds on attention or scaling laws?"),
    (ROBOTS, "of how many parts do scaling laws consist?", "how many parts do scaling laws have?"),
    (ROBOTS, "how many methods count as part of classic robotics?", "how many methods are part of classic robotics?"),
    (ROBOTS, "Deep Blue supports the bitter lesson, y/n", "does Deep Blue support the bitter lesson?"),
    (ROBOTS, "What do I need to understand before I get to scaling laws?", "what do scaling laws require?"),
    (ROBOTS, "What do students need to learn before scaling laws?", "what do scaling laws require?"),
    (ROBOTS, "what do I need so that I can do scaling laws", "what do I need for scaling laws?"),
    (ROBOTS, "what should I have read right before I start scaling laws?", "what do scaling laws directly require?"),
    (ROBOTS, "do I have to know attention before I do scaling laws?", "must I know attention before scaling laws?"),
    (ROBOTS, "now that I know attention, what can I learn next?", "what does attention unlock?"),
    (ROBOTS, "do you have any evidence for the bitter lesson?", "evidence for the bitter lesson"),
    (ROBOTS, "did we have anything that speaks against the bitter lesson?", "does anything oppose the bitter lesson?"),
    (ROBOTS, "how do we know that language models scale?", "why do language models scale?"),
    (ROBOTS, "what did I still want to find out about VLAs?", "open questions about VLAs"),
    (ROBOTS, "which questions have I not found an answer to yet?", "which questions are not answered?"),
    (ROBOTS, "what does more compute end up giving?", "what does more compute lead to?"),
    (ROBOTS, "what leads to, and what follows from fewer bits?", "what leads to fewer bits and what comes of it?"),
    (ROBOTS, "what do you need to have so that scaling laws work?", "what do scaling laws directly require?"),
    (ROBOTS, "what am I supposed to know before scaling laws?", "what must I know before scaling laws?"),
    (ROBOTS, "what are scaling laws built on top of?", "what are scaling laws built on?"),
    (ROBOTS, "what is attention needed for later on?", "what is attention needed for?"),
    (ROBOTS, "for which claims did we not write down any evidence?", "which claims have no evidence?"),
    (ROBOTS, "what did we learn about on day 5?", "what is new on day 5?"),
    (ROBOTS, "what did they throw at us on day 5?", "what is new on day 5?"),
    (ROBOTS, "Name everything that is covered after day 26.", "what comes up after day 26?"),
    (ROBOTS, "As regards VLAs, what still waits to be answered?", "open questions about VLAs"),
    (ROBOTS, "How do I come from information theory to scaling laws?", "from information theory to scaling laws"),
    (ROBOTS, "Which methods are flagged as hand-crafted?", "which methods are hand-crafted?"),
    ("bread", "from warmer dough to plain flavour, one step after the other", "from warmer dough to plain flavour"),
    ("bread", "Explain stepwise how warmer dough leads to more gas", "how does warmer dough lead to more gas?"),
    (ROBOTS, "What can one tackle once one knows attention?", "what does attention unlock?"),
    (ROBOTS, "On what evidence is it claimed that language models scale?", "evidence for language models scale"),
    (ROBOTS, "Into which parts do scaling laws break down?", "what are the parts of scaling laws?"),
    (ROBOTS, "Without which things can scaling laws not be understood?", "what do I need before scaling laws?"),
    (ROBOTS, "Which objections have been raised to the bitter lesson?", "objections to the bitter lesson"),
    (ROBOTS, "I was reading about attention, the mechanism: what is it part of?", "what is attention part of?"),
    ("bread", "what is new on day three?", "what is new on day 3?"),
    ("bread", "what is new on the third day?", "what is new on day 3?"),
    (ROBOTS, "which facts could a candidate bring up against the bitter lesson?", "what opposes the bitter lesson?"),
    (ROBOTS, "what would a critic of the bitter lesson point to?", "what opposes the bitter lesson?"),
    (ROBOTS, "what would a defender of the bitter lesson cite?", "what supports the bitter lesson?"),
    (ROBOTS, "What have people found to back up the bitter lesson?", "what supports the bitter lesson?"),
    (ROBOTS, "name the facts that support the bitter lesson", "what supports the bitter lesson?"),
    (ROBOTS, "which arguments are there against the bitter lesson?", "what opposes the bitter lesson?"),
    (ROBOTS, "On what premises does the bitter lesson rest?", "what supports the bitter lesson?"),
    (ROBOTS, "what reasons contradict the bitter lesson?", "what opposes the bitter lesson?"),
    (ROBOTS, "which development led to lower loss?", "what leads to lower loss?"),
    (ROBOTS, "what was thrown out in favour of ConvNets?", "what did ConvNets replace?"),
    (ROBOTS, "what did people give up for ConvNets?", "what did ConvNets replace?"),
    (ROBOTS, "what do people use now instead of hand-crafted features?", "what replaced hand-crafted features?"),
    (ROBOTS, "what did people use before ConvNets took over?", "what did ConvNets replace?"),
    (ROBOTS, "what do scaling laws need in order to work?", "what do scaling laws require?"),
    (ROBOTS, "what are scaling laws built on?", "what do scaling laws directly require?"),
    (ROBOTS, "what am I supposed to reread for day 26?", "what does day 26 directly require?"),
    (ROBOTS, "what builds straight on information theory?", "what does information theory directly unlock?"),
    (ROBOTS, "what got chucked out when ConvNets came in?", "what did ConvNets replace?"),
    (ROBOTS, "what have they got to show for the bitter lesson?", "what supports the bitter lesson?"),
    (ROBOTS, "what happens if loss falls?", "what does lower loss lead to?"),
    (ROBOTS, "loss goes down. What do I get from that?", "what does lower loss lead to?"),
    (ROBOTS, "if I raise the compute, what happens in the end?", "what does more compute lead to in the end?"),
    (ROBOTS, "what makes the loss drop?", "what leads to lower loss?"),
    (ROBOTS, "what reduces the loss?", "what leads to lower loss?"),
    (ROBOTS, "does scaling up compute reduce the loss?", "does more compute lead to lower loss?"),
    (ROBOTS, "I've got attention down, what can I do next?", "what does attention directly unlock?"),
    (ROBOTS, "what stops working if I never learned information theory?", "what requires information theory?"),
    (ROBOTS, "attention, what is it a slice of?", "what is attention part of?"),
    ("bread", "what happens when the dough is warmer?", "what does warmer dough lead to?"),
    (ROBOTS, "On what do the notes base the claim that language models scale?", "what supports language models scale?"),
    (ROBOTS, "how would you back up that language models scale?", "what supports language models scale?"),
    (ROBOTS, "how can one argue against the bitter lesson?", "what opposes the bitter lesson?"),
    (ROBOTS, "why might the bitter lesson be wrong?", "what opposes the bitter lesson?"),
    (ROBOTS, "is there anything that contradicts the bitter lesson, and what?", "what opposes the bitter lesson?"),
    (ROBOTS, "Convince me of the bitter lesson", "what supports the bitter lesson?"),
    (ROBOTS, "what do people use now rather than hand-crafted features?", "what replaced hand-crafted features?"),
    (ROBOTS, "if I throw out hand-crafted features, what takes over?", "what replaced hand-crafted features?"),
    (ROBOTS, "how do you get lower loss?", "what leads to lower loss?"),
    (ROBOTS, "why does lower loss happen?", "what leads to lower loss?"),
    (ROBOTS, "what opens up with information theory?", "what does information theory unlock?"),
    (ROBOTS, "where do I need information theory?", "what requires information theory?"),
    (ROBOTS, "what should I have read up on before scaling laws make any sense?", "what do scaling laws require?"),
    (ROBOTS, "what must be there before scaling laws can be taught at all?", "what do scaling laws require?"),
    (ROBOTS, "what cannot be grasped without information theory?", "what requires information theory?"),
    ("bread", "Out of what do they make a starter?", "what is a starter made of?"),
    (ROBOTS, "Trace the way in which more compute ends in fewer bits", "from more compute to fewer bits"),
    (ROBOTS, "the evidence for the bitter lesson, what was it?", "evidence for the bitter lesson"),
    ("bread", "where does a plain flavour come from?", "what leads to plain flavour?"),
    (ROBOTS, "what had to be there so that scaling laws were possible?", "what do scaling laws directly require?"),
    (ROBOTS, "what is used for vision today instead of hand-crafted features?", "what replaced hand-crafted features?"),
    (ROBOTS, "For my next blog post: what is part of scaling laws?", "what is part of scaling laws?"),
    (ROBOTS, "Methods that somebody crafted by hand", "methods crafted by hand"),
    (ROBOTS, "what cannot be grasped wihtout information theory?", "what requires information theory?"),
    (ROBOTS, "from information theory to scaling laws, stop by stop", "from information theory to scaling laws"),
    (ROBOTS, "What ought to happen, going by the bitter lesson?", "what does the bitter lesson predict?"),
    (ROBOTS, "for which things do I need attention first?", "what requires attention?"),
]  # fmt: skip


@pytest.mark.parametrize(("course", "worded", "plain"), SAME)
def test_a_question_in_many_words_is_answered_as_in_few(
    courses: dict[str, View], course: str, worded: str, plain: str
) -> None:
    one, other = ask(courses[course], worded), ask(courses[course], plain)
    assert other.status == "answered", other.sentence
    assert [found.label for found in one.answers] == [found.label for found in other.answers], one.sentence


@pytest.mark.parametrize(
    "question",
    [
        "My teacher asked us about finance. What supports the bitter lesson in finance?",
        "I only care about finance: what supports the bitter lesson?",
        "Language models fail in finance. What supports it?",
        "as far as finance goes, what supports the bitter lesson?",
        "which of the seventeen prompts needs the most money?",
        "what is new on the three hundredth day?",
        "can you break scaling laws down into their costs?",
        "Finance: what supports the bitter lesson?",
        "My niece works in finance. What supports the bitter lesson there in finance?",
        "The bitter lesson fails in finance, right?",
        "Only in finance, what supports the bitter lesson?",
        "Before one can tackle finance, what must one know?",
        "Suppose nobody has more compute. What follows?",
        "what did people use for speech before ConvNets came along?",
        "what was there before ConvNets were introduced in finance?",
        "what has nobody measured yet about Shannon's limit?",
        "what supports the idea that language models shrink?",
        "which facts in finance support the bitter lesson?",
        "which objections support the bitter lesson?",
        "which new facts support the bitter lesson?",
        "which two facts support the bitter lesson?",
        "which false arguments support the bitter lesson?",
        "what have people found in finance to back up the bitter lesson?",
        "what would a critic of finance point to?",
        "word count of the essay?",
        "what was thrown out in favour of attention?",
        "what do people in finance use instead of hand-crafted features?",
        "is the bitter lesson a fact?",
        "which of the robots has to do with attention?",
        "the evidence from finance for the bitter lesson, what was it?",
        "how would you back up that language models shrink?",
        "how can one argue against the bitter lesson in finance?",
        "if I throw out attention, what takes over its job?",
        "where in finance do I need information theory?",
        "what happens if loss rises?",
        "what happens when loss falls in finance?",
        "what follows if compute doubles?",
        "if compute grows in China, what follows?",
        "does less compute lead to lower loss?",
        "what happens to finance if loss falls?",
        "what works without information theory?",
        "I never got my head round attention, what can I tackle next?",
        "If loss falls as a power law, what does that imply for compression?",
    ],
)
def test_what_narrows_or_turns_a_question_is_no_framing(courses: dict[str, View], question: str) -> None:
    assert ask(courses["robot-intelligence"], question).status != "answered"


def test_every_idiom_can_be_matched() -> None:
    assert {idiom.reworded("") for idiom in IDIOMS} == {""}


def test_what_stands_in_the_place_of_an_idiom_repeats_only_what_that_has() -> None:
    for idiom in IDIOMS:
        repeated = map(int, re.findall(r"\\(\d)", idiom.plain))
        assert max(repeated, default=0) <= re.compile(idiom.pattern).groups, idiom.pattern


@pytest.mark.parametrize(
    "question",
    [
        "what takes the longest in cakes?",
        "is steam in bread?",
        "which methods came up in the cake lessons?",
    ],
)
def test_another_course_than_the_one_that_is_asked_is_not_passed_over(courses: dict[str, View], question: str) -> None:
    assert ask(courses["bread"], question).status != "answered"


def test_which_of_several_is_asked_for_is_no_definition(courses: dict[str, View]) -> None:
    reply = ask(courses[ROBOTS], "which of the reasons has to do with attention?")
    assert "The reason why transformers work" not in reply.sentence
