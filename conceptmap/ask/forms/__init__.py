"""The forms of question. Each stands in a file of its own; a new one is such a file and a line in the list below."""

from conceptmap.ask.form import Form
from conceptmap.ask.forms.compare import COMPARE, DIMENSIONS
from conceptmap.ask.forms.describe import DESCRIBE, IS_KIND, NUMBER
from conceptmap.ask.forms.introduced import INTRODUCED, WHEN
from conceptmap.ask.forms.new_on import NEW
from conceptmap.ask.forms.of_kind import EXAMPLES, LIST
from conceptmap.ask.forms.path import PATH
from conceptmap.ask.forms.related import RELATION
from conceptmap.ask.forms.why import WHY

FORMS: list[Form] = [
    PATH,
    DIMENSIONS,
    COMPARE,
    WHY,
    WHEN,
    RELATION,
    INTRODUCED,
    NEW,
    IS_KIND,
    LIST,
    EXAMPLES,
    NUMBER,
    DESCRIBE,
]
"""In the order in which they are tried, the more specific before the more general: the first that can read a question
has it."""
