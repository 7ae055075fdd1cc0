"""Words of plain English that stand in no vocabulary: what a question may be full of, and what turns it round."""

from graphs.words import STOP_WORDS

DROPPED = frozenset(
    "a an the is are was were be been being s right directly just also really still actually ever".split()
)
"""Forms of `be`, articles and adverbs: they stand anywhere in a phrase and say nothing by themselves."""

FILLERS = DROPPED | frozenset(
    """
    idea ideas notion cant cannot dont doesnt isnt arent wont didnt what which who whom whose where how there any
    anything something everything all both some each every one ones thing things i me my we us our you your he she
    they them their this that these those it its and or but not no nor so as if then than also just only still
    already yet ever again too very really exactly actually simply of to in on at by for from with within into
    onto over under about between among across through during before after until till since up down out off
    according against like unlike via per do does did done doing can could may might must shall should will would
    has have had having get got gets getting let lets need please give gives given list lists listed show shows
    shown tell tells told name names named say says said state states find mention mentions mentioned know known
    knows look looks see seen want wants try ask asking use uses used using make makes made take takes put call
    called come comes go goes course lesson lessons map maps mental diagram page pages graph tree notes note
    material text book update updated other others another different same similar whole entire main major key
    important concrete specific particular certain possible first second third last next previous current
    currently today now later earlier far way ways case cases fact facts kind kinds type types sort sorts example
    lot lots many much more most few less least several good well true right playing part role apply applies
    applied terms term sense word words work works worked d ll ve t re m two three four five reserved scheduled
    planned reading read leave leaves left node nodes recommend recommends suggest suggests propose proposes hold
    holds keep keeps become becomes mr mrs etc eg ie ok hello hi thanks thank
    """.split()
)
"""Words that may stay unexplained without changing what is asked."""

EVERYDAY = frozenset(
    """
    able above absolutely accordingly add added afterwards ahead allow allowed almost alone along alright although
    altogether always am amazing anyone anyway anywhere apart apparently appear appears around aside asked asks
    assume attempt available away back bad basic basically bear beautiful because began begin beginning begins
    behind believe below beneath beside besides best better beyond big bit brief briefly bring brings broad
    brought calls came carried carry central certainly chance change check cheers choose chosen clear clearly
    close closely coming common commonly complete completely consider considered continue correct correctly count
    crucial curious dear decide deeply definitely describe described detail details differently direct draw
    drawing drawn drew early easily easy either else end ended ends enough entirely especially essentially even
    everybody everyone exist exists expected explain explained extra face fair fairly fall falls false famous fast
    feel feels final finally fine focus follow followed forget former forward found frequently fresh full fully
    fun fundamental further future gave generally generic going gone grasp great group grow half happen happened
    happening happens hard hardly hear heard help helped helps hence here high highly honest honestly hope however
    huge imagine inside instead interested interesting introduce involve involved issue issues join keen knew
    large largely lastly late lately learns likely line little live looked looking loose low mainly manage matter
    matters maybe mean means meant meet merely met mind moment move moved moves nearly necessarily necessary
    needed neither never nevertheless nice nobody normally noted nothing notice obviously occur occurs often old
    once open opposed ordinary originally otherwise ought outside overall own pair past perfect perhaps place
    plain plainly pls plus plz point points possibly practical practically precise precisely prefer present
    presented pretty previously probably proper properly provide provided provides public purpose puts quick
    quickly quite rather reach real reality recall recently refer regard regarding related relevant rely remain
    remember remind respectively rest roughly saw saying seem seems sentence separate serious set sets share short
    shortly side simple single situation small soon speak special specifically start started starting starts step
    stick stop straight strong study stuff such sum summary suppose supposed sure surely talk talks taught teach
    therefore think thinking thinks though thought throughout thus thx together took top topic total touch toward
    towards truly trying turn turned turns typical typically understand understanding understood unfortunately
    upon useful usually various view views wait wanna was watch went were whatever whether while why wide win wins
    wish without wonder wondering working worth write writing wrong yeah yes yesterday young
    """.split()
)
"""Everyday words that say too little to ask for something else; but a name may be made of them."""

IGNORABLE = STOP_WORDS | FILLERS | EVERYDAY
"""Words that need no explanation."""

QUESTION_WORDS = frozenset("what which who whom whose when where why how".split())

ARTICLES = frozenset("the a an".split())

PREPOSITIONS = frozenset("of to in on at by for from with within about between among across during against per".split())
"""What may govern a name: `from A`, `the NOUN of A`."""

RESTRICTING = frozenset("in from about by among".split())
"""Prepositions that narrow what is asked; a word behind one must not be left aside."""

BETWEEN_PREPOSITION_AND_NAME = ARTICLES | frozenset(
    "day days my your our their his her its own this that these those".split()
)
"""What may stand between a preposition and the name that it governs."""

PASSIVE = frozenset("is are was were be been being".split())
"""Forms of `be` that make a participle passive."""

NEGATIONS = frozenset("not no never cant cannot dont doesnt isnt arent wont didnt t".split())

DENIALS = NEGATIONS - {"t"} | frozenset("none nothing nobody without except excluding neither nor".split())
"""Words that turn a question round: the map tells what is, not what is not."""

CONTRACTED = frozenset(
    """
    isn aren wasn weren don doesn didn hasn haven hadn can couldn won wouldn shan shouldn mustn mightn needn ain
    """.split()
)
"""What stands before the `'t` of a negation."""

ASKS_FOR_MORE = frozenset(
    """
    who whom whose where author year date place person people invented wrote written
    """.split()
)
"""Words that ask for something no relation of a map of ideas holds, unless a name explains them."""
