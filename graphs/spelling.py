"""Spelling: a word as it is compared with others, British and American, irregular plurals and pasts made regular.

What a stemmer does not see: `colour` and `color`, `loaves` and `loaf`, `led` and `lead`, `LLMs` and `LLM` are one word.
"""

import re

_AMERICAN = {
    "aluminium": "aluminum",
    "analogue": "analog",
    "artefact": "artifact",
    "catalogue": "catalog",
    "centre": "center",
    "cheque": "check",
    "defence": "defense",
    "dialogue": "dialog",
    "fibre": "fiber",
    "grey": "gray",
    "judgement": "judgment",
    "licence": "license",
    "litre": "liter",
    "metre": "meter",
    "mould": "mold",
    "offence": "offense",
    "plough": "plow",
    "practise": "practice",
    "programme": "program",
    "sceptic": "skeptic",
    "sulphur": "sulfur",
    "theatre": "theater",
    "tyre": "tire",
    "yoghurt": "yogurt",
}
"""Words that are spelled otherwise in America without a rule that holds for others."""

_PLURALS = {
    "analyses": "analysis",
    "bacteria": "bacterium",
    "calves": "calf",
    "children": "child",
    "crises": "crisis",
    "criteria": "criterion",
    "feet": "foot",
    "fungi": "fungus",
    "geese": "goose",
    "halves": "half",
    "hypotheses": "hypothesis",
    "indices": "index",
    "knives": "knife",
    "leaves": "leaf",
    "loaves": "loaf",
    "matrices": "matrix",
    "men": "man",
    "mice": "mouse",
    "mitochondria": "mitochondrion",
    "nuclei": "nucleus",
    "phenomena": "phenomenon",
    "selves": "self",
    "shelves": "shelf",
    "schemata": "schema",
    "spectra": "spectrum",
    "stigmata": "stigma",
    "stomata": "stoma",
    "syntheses": "synthesis",
    "teeth": "tooth",
    "theses": "thesis",
    "vertices": "vertex",
    "wives": "wife",
    "wolves": "wolf",
    "women": "woman",
}

_PASTS = """
    arise arose arisen; bear bore borne; beat beaten; become became; begin began begun; blow blew blown; break broke
    broken; breed bred; bring brought; build built; buy bought; catch caught; choose chose chosen; come came; creep
    crept; deal dealt; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fallen; feed fed;
    fight fought; find found; fly flew flown; forbid forbade forbidden; foresee foresaw foreseen; foretell foretold;
    forget forgot forgotten; freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown;
    hang hung; hide hid hidden; hold held; keep kept; know knew known; lay laid; lead led; learn learnt; lend lent;
    lose lost; make made; mean meant; meet met; mistake mistook mistaken; outdo outdid outdone; overcome overcame;
    override overrode overridden; overtake overtook overtaken; overthrow overthrew overthrown; pay paid; prove
    proven; ride rode ridden; rise risen; run ran; say said; see seen; seek sought; sell sold; send sent; shake
    shook shaken; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sleep slept; speak spoke spoken;
    spend spent; spin spun; spring sprang sprung; stand stood; steal stole stolen; stick stuck; strike struck; swear
    swore sworn; sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear torn; tell told;
    think thought; throw threw thrown; underlie underlay underlain; understand understood; undo undid undone; uphold
    upheld; wake woke woken; wear wore worn; weave wove woven; weep wept; win won; withstand withstood; write wrote
    written
"""
"""Verbs whose past no rule gives; without those that are words of their own: left, rose, felt, ground, bound, saw."""

_IRREGULAR = _AMERICAN | _PLURALS | {past: base for base, *pasts in map(str.split, _PASTS.split(";")) for past in pasts}
_IZE = re.compile(r"(?<=..[bdfghklmnrt]|.ic)is(?=(e[ds]?|ers?|ing|ations?|able|ational)$)")
_NO_IZE = re.compile(
    "(.*pr|pre?m|prom|comprom|dem|r|ar|sunr|adv?ert|expert|parad|merchand|franch|treat|chast)is(e[ds]?|ing|ers?)"
)
"""Words that end so without being verbs in -ize."""
_YZE = re.compile(r"(?<=al)ys(?=(e[ds]?|ers?|ing)$)")
_OR = re.compile(r"(?<=..)our(?=(s|ed|ing|al|ally|ful|less|able|ite|ites|er|ers|ly|hood)?$)")
_SHORT_FORMS = re.compile("([^aeiouy]+[^aeiouys]|[^aeiouy]{2,}[ao])s")
"""Plurals that a stemmer leaves as they are, since they have no vowel before the ending: `LLMs`, `VLAs`."""


def plain(word: str) -> str:
    """A word in the one spelling under which it is compared.

    >>> [plain(word) for word in ("colours", "minimising", "loaves", "led", "vlas", "rise")]
    ['colors', 'minimizing', 'loaf', 'lead', 'vla', 'rise']
    """
    if (regular := _IRREGULAR.get(word)) is not None:
        return regular
    if word.endswith("s"):
        if (regular := _IRREGULAR.get(word[:-1])) is not None:
            return f"{regular}s"
        if _SHORT_FORMS.fullmatch(word):
            return word[:-1]
    if "our" in word:
        return _OR.sub("or", word)
    if "is" in word and not _NO_IZE.fullmatch(word):
        return _IZE.sub("iz", word)
    return _YZE.sub("yz", word) if "ys" in word else word
