"""Words of plain English that stand in no vocabulary: what a question may be full of, and what turns it round."""

from graphs.words import STOP_WORDS

DROPPED = frozenset(
    "a an the is are was were be been being s right directly just also really still actually ever".split()
)
"""Forms of `be`, articles and adverbs: they stand anywhere in a phrase and say nothing by themselves."""

LIGHT = DROPPED | frozenset(
    """
    i me my we us our you your he she they them their his her him this that these those it its there here itself
    myself themselves am ought do does did done doing can could may might must shall should will would have has had
    having
    get got gets getting let lets if then than as so already yet again too very exactly simply quite of to in on at
    by for from with within into onto under up out off about among between across through over upon per via
    regarding concerning towards toward and or according use uses used using make makes made take takes took put
    come comes came go goes going went while when where during terms piece pieces but
    """.split()
)
"""Words of grammar: they join what a question names, and say nothing by themselves."""

COURTESY = frozenset(
    """
    please tell give gives given show shows shown list name find say says said state states mention mentions
    mentioned know knows want wants wanted like need ask asking wonder wondering try see look help remind
    understanding knowing setting hello hi hey thanks thank ok okay well yes yeah maybe perhaps sorry pls plz kindly
    curious briefly short verify check understand summary remember think guess suppose interested question
    anyway basically honestly sentence sentences sense ll ve re d e g eg ie etc bit bits little
    """.split()
)
"""Words with which people ask, and not what they ask for."""

COURSE_WORDS = frozenset(
    """
    course programme curriculum syllabus
    lesson lessons node nodes box boxes branch branches mental updated map maps page pages notes note
    material diagram graph text book table named called covered listed described stated noted recorded
    """.split()
)
"""Words for the notes themselves: a map of them is asked anyway."""

PRO_WORDS = frozenset(
    """
    anything something everything whatever thing things one ones all any each every some stuff item items option
    options step steps stage stages others else either kind kinds sort sorts type types way ways case cases certain
    various several particular specific concrete main key whole entire full single exist exists happen call become
    seem work mean point points part start begin able own section sections heading headings subheading subheadings
    subtopic subtopics entry entries idea ideas notion notions
    """.split()
)
"""Words that stand for whatever is asked for, and verbs as light as they are."""

DISCOURSE = frozenset(
    """
    nevertheless nonetheless moreover furthermore hence thus therefore indeed anyhow meanwhile thereby though however
    afterwards thereupon likewise
    """.split()
)
"""Adverbs that join a question to what was said before."""

IGNORABLE = STOP_WORDS | LIGHT | COURTESY | COURSE_WORDS | PRO_WORDS | DISCOURSE
"""Words that may stay without an explanation: leaving them out asks the same. Words of degree, truth and number are
none of them, and no verb or adjective that could narrow what is asked."""

ORDINARY = frozenset(
    """
    above absolutely accordingly add added after afterwards against agree ahead allow allowed almost alone along
    alright although altogether always am amazing america another anyone anywhere apart apparently appear appears
    applied applies apply arent around art aside asks assume attempt authors available away back bad basic bear
    beautiful because before began beginning begins behind believe believes below beneath beside besides best better
    beyond big bigger biology black blue born brief bring brings broad brought calls cannot cant carried carry
    central certainly chance change cheap cheaper cheers chemistry child children china choose chosen city clear
    clearly close closely cold coming common commonly company complete completely complex consider considered
    continue convince convincing cooking cool correct correctly cost costs count country created creator crucial
    current currently dangerous dark date dates day days dear decide deeply definitely detail details didnt died
    different differently difficult direct disagree discover discovered doesnt dont down draw drawing drawn drew
    earlier early easier easily east easy end ended ends enough entirely especially essentially europe even
    everybody everyone example except excluding expected expensive explained extra face fact facts fair fairly fake
    fall falls false famous far fast faster fastest feel feels few fewer fifth final finally finance fine first five
    focus follow followed forget former forward found founded founder four fourth france frequently fresh friend
    friends fully fun fundamental further future gave generally generic germany gone good grasp great green group
    grow half happened happening hard harder hardly hear heard helped helps hence high higher highly history hold
    holds honest hope hot hour hours however huge idea ideas imagine important india inside instead interesting
    introduce invent invented inventor involve involved isnt issue issues join keen keep keeps kitchen knew known
    large largely larger last lastly late lately later law learns least leave leaves left less light likely line
    lists live lived lives long longer looked looking looks loose lot lots low lower mainly major man manage many
    matter matters medical medicine meet men merely met mind minute minutes moment money month months more most move
    moved moves mr mrs much music names nearly necessarily necessary needed neither never nevertheless new newer
    next nice no nobody none nor normally north not nothing notice notion now obviously occur occurs often old older
    once open opinion opposed ordinary originally otherwise ought outside overall own pair past people perfect
    person physics place plain plainly planned playing plus poor popular possible possibly practical practically
    precise precisely prefer present presented pretty previous previously price prices probably proper properly
    propose proposes provide provided provides public purpose puts quick rarely rather reach read reading real
    reality recall recently recommend recommends red refer regard related relevant rely remain reserved respectively
    rest rich roughly safe same saw saying scheduled second seen separate serious set sets share shorter shortly
    side similar simple since situation slow slower small smaller sometimes soon south speak special specifically
    sport sports started starting starts stick stop straight strong stronger study such suggest suggests sum
    supposed sure surely talk talks taught teach tells term therefore thinking thinks third though thought three
    throughout thus thx till time times today together told tomorrow top topic total touch tree true truly trying
    turn turned turns two typical typically understood unfortunately unlike until update useful usually view views
    wait wanna warm watch weak weaker weather week weeks west whether white wide win wins wish without woman women
    wont word words worked working world worse worst worth write writer writing written wrong wrote year years
    trough yellow yesterday young
    """.split()
)
"""Ordinary words that are no misspellings of anything: left unexplained, they make a question unread."""

DENYING = frozenset(
    "not no never none nobody nothing nowhere neither nor without cannot isnt cant aint arent wasnt werent dont doesnt "
    "didnt hasnt havent hadnt couldnt wont wouldnt shouldnt".split()
)
"""Words that deny."""
DENIED = tuple("isn aren wasn weren don doesn didn hasn haven hadn couldn won wouldn shouldn ain".split())
"""What stands before the apostrophe of a verb that is denied: `isn't`."""

HAVING = frozenset("have has had having with".split())
"""Words that say that something has what is named behind them."""

OPENING = frozenset("before until till since after following preceding beyond".split())
"""Words that open a range of days behind `the days`."""

NEXT = frozenset("day just directly immediately right shortly soon straight".split())
"""Words before `before` and `after` that ask for what is next to a day, and not for all before or after it."""

NARROWING = frozenset(
    """
    thing things stuff item items option options step steps stage stages kind kinds sort sorts type types way ways case
    cases piece pieces term terms point points section sections heading headings subheading subheadings subtopic
    subtopics entry entries name names page pages note notes sentence sentences
    """.split()
)
"""Light nouns that say something behind a word of having: `methods with steps` are not all methods."""

QUESTION_WORDS = frozenset("what which who whom whose when where why how".split())

WHO_WORDS = frozenset("who whom whose".split())
"""Question words that ask for somebody."""

DO = frozenset("do does did".split())
BE = frozenset("is are was were be been being get gets got".split())
"""Auxiliaries of what is done, and of how it is or what is done to it."""

RELATIVES = WHO_WORDS | {"which"}
"""Question words that behind a noun only say more of it: `an expert who can be asked`."""
SAYING_MORE = RELATIVES | frozenset("that with having".split())
"""Words behind a name that open a clause or a phrase which says more of it."""

ARTICLES = frozenset("the a an".split())

PREPOSITIONS = frozenset(
    """
    of to in on at by for from with within about between among across during against per before after since until till
    behind
    """.split()
)
"""What may govern a name: `from A`, `the NOUN of A`."""

BETWEEN_PREPOSITION_AND_NAME = ARTICLES | frozenset(
    "day days my your our their his her its own this that these those".split()
)
"""What may stand between a preposition and the name that it governs."""

OPENERS = frozenset("do does did is are was were has have can could will would should must may might am".split())
"""Words that open a question to be answered by yes or no."""

REQUESTS = frozenset("can could will would".split())
"""Openers that with `you` ask for an answer rather than for yes or no: `could you explain A?`."""

GLUE = LIGHT | COURTESY | COURSE_WORDS | PRO_WORDS | QUESTION_WORDS
"""Words that begin and end no name that only shares words with one in the map."""

DOING = frozenset(
    "do have make get go be build use still even just skip start begin understand learn reach study".split()
)
"""Verbs behind `can you` that ask whether something can be done, and not for an answer."""

OBLIGING = frozenset("must should might".split())
"""Openers that ask for yes or no even with `I` and a verb of asking: `must I know A?`."""

PASSIVE = frozenset(
    "is are was were be been being isn aren wasn weren isnt arent wasnt werent get gets got getting gotten".split()
)
"""Forms of `be` and `get` that make a participle passive."""

SHORTENED = {f"{word}s": word for word in ("what", "who", "where", "how", "when", "why")}
"""How people write `what is` in haste."""

NUMBERS = {word: number for number, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
"""Small numbers in words: `which three claims …?` says how many there are."""

ATTRIBUTES = frozenset(
    """
    first second last latest earliest final newest oldest new old next best better worst worse strongest weakest longest
    shortest highest lowest greatest smallest largest biggest most more least less fewest wrong false untrue mistaken
    fake invalid unreliable contested disputed left missing upcoming different same unknown open unanswered unresolved
    unsolved true real right good bad main small little big large great huge long short high low strong weak hard easy
    simple complex famous popular typical common rare fast slow cheap expensive early late
    """.split()
)
"""Words that tell which of several, and how good or true, where they stand right before a name."""

DEGREES = frozenset(
    """
    always almost any cheap cheaply few half hardly less many more most much mostly nearly never no not often only
    rarely seldom single some sometimes twice usually very
    """.split()
)
"""Words that tell how much or how often: what they ask for is not told by a text that happens to have them."""
