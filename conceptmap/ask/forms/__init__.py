"""The forms of question. Each stands in a file of its own; a new one is such a file and a line in the list below.

A file has a query (a frozen dataclass that derives from `Query`, or that of another form), a function that reads it
from a question, and a `Form` that names both, with its cue words and its examples for `docs/questions.md`. Some forms
are operators: they have parts of a question read by all forms and combine what these mean.
"""

from conceptmap.ask.form import Form
from conceptmap.ask.forms.called import CALLED
from conceptmap.ask.forms.came_up import CAME_UP
from conceptmap.ask.forms.compare import COMPARE, COMPARED_IN, DIMENSIONS
from conceptmap.ask.forms.contested import CONTESTED, ONE_LEG
from conceptmap.ask.forms.coordination import CONDITIONS, NAMES, PARTS, RELATIVE
from conceptmap.ask.forms.count import COUNT
from conceptmap.ask.forms.describe import DESCRIBE
from conceptmap.ask.forms.doing import DOING
from conceptmap.ask.forms.done import DONE
from conceptmap.ask.forms.exceeds import EXCEEDS
from conceptmap.ask.forms.exclusion import EXCEPT, NOT
from conceptmap.ask.forms.extreme import EXTREME, WITHIN
from conceptmap.ask.forms.falling import IF_FALLEN, TOPPLES
from conceptmap.ask.forms.figure import FIGURE
from conceptmap.ask.forms.having import HAS
from conceptmap.ask.forms.introduced import INTRODUCED, WHEN
from conceptmap.ask.forms.most import FIRST, MOST
from conceptmap.ask.forms.needed import NEEDED
from conceptmap.ask.forms.new_on import NEW
from conceptmap.ask.forms.of_kind import EXAMPLES, LIST
from conceptmap.ask.forms.of_pair import LEVEL, WHICH_MORE
from conceptmap.ask.forms.path import PATH
from conceptmap.ask.forms.related import INSIDE, MEMBERS, RELATION, WHICH_OF
from conceptmap.ask.forms.sets import COMPOSED, SETS
from conceptmap.ask.forms.stated import NOTED, OF_VALUE, TAGGED, WITHIN_ANOTHER
from conceptmap.ask.forms.strength import STRENGTH, STRONGER
from conceptmap.ask.forms.stretch import STRETCH
from conceptmap.ask.forms.strongest import STRONGEST
from conceptmap.ask.forms.taught import TAUGHT
from conceptmap.ask.forms.told import TOLD
from conceptmap.ask.forms.value import VALUE
from conceptmap.ask.forms.whether import WHETHER
from conceptmap.ask.forms.who import WHO
from conceptmap.ask.forms.why import WHY

FORMS: list[Form] = [
    IF_FALLEN,
    TOPPLES,
    COMPARED_IN,
    WHICH_MORE,
    PARTS,
    EXCEPT,
    STRONGEST,
    STRENGTH,
    STRONGER,
    CONTESTED,
    ONE_LEG,
    COMPOSED,
    EXTREME,
    WITHIN,
    EXCEEDS,
    LEVEL,
    CAME_UP,
    MOST,
    VALUE,
    TOLD,
    FIGURE,
    WHO,
    COUNT,
    NEEDED,
    PATH,
    DIMENSIONS,
    COMPARE,
    WHY,
    HAS,
    NOT,
    CONDITIONS,
    NAMES,
    RELATIVE,
    WHEN,
    STRETCH,
    RELATION,
    WITHIN_ANOTHER,
    WHETHER,
    TAGGED,
    OF_VALUE,
    NOTED,
    INTRODUCED,
    FIRST,
    NEW,
    DOING,
    SETS,
    LIST,
    EXAMPLES,
    INSIDE,
    WHICH_OF,
    MEMBERS,
    CALLED,
    TAUGHT,
    DONE,
    DESCRIBE,
]
"""In the order in which they are tried, the more specific before the more general: the first whose query keeps the
answer contract (see `contract`) has the question."""
