"""Senses: words of general English that say the same, or the opposite, of whatever is spoken of.

No word of a subject stands here, and none that is only more or less general. They are compared only within a whole
claim or name, where the other words must fit as well: by themselves they name nothing.
"""

from collections.abc import Sequence
from functools import lru_cache

from conceptmap.ask.words import DENIED, DENYING
from graphs.words import stem

_DENYING = ("no one", "can t", "no longer", "not any more", "in no way", "by no means", "not at all")
"""Phrases that deny, beside the words that do."""

_SENSES = """
    * more; higher; increase; raise; grow; growth; rise; rising; greater; go up; turn up; crank up; up; gain; climb;
      bigger; larger; step up; boost; elevate; growing number; heighten; increasingly
    | less; fewer; lower; decrease; reduce; reduction; decline; drop; shrink; smaller; go down; turn down; down;
      diminish; cut; lessen; fall; dwindle; bring down; wane
    * faster; speed up; speedup; accelerate; quicker; gain speed; buy speed; speed; quicken; more quickly; hasten;
      make things faster; more speed; save time; higher speed; take less time
    | slower; slow down; slowdown; decelerate; slow; sluggish; take long; take time; hold up; brake; retard; more
      slowly
    fast; quick; quickly; rapid; rapidly; swift; swiftly; speedy; prompt; promptly; in no time
    | slow; slowly; sluggish; take its time; leisurely; unhurried; drag
    high; tall
    | low; short
    big; large; great; huge; enormous; vast; sizeable; massive
    | small; little; tiny; minute; modest
    strong; powerful; robust; mighty; strength; strengthen; potent; sturdy
    | weak; feeble; weakness; weaken; frail
    hot; warm; heat
    | cold; cool; chill
    * warmer; hotter
    | colder; cooler
    long; lengthy
    | short; brief
    * longer; lengthen; prolong; extend; for more time; for longer
    | shorter; shorten; curtail
    early; soon
    | late
    * earlier; sooner
    | later
    hard; difficult; tough; tricky; difficulty
    | easy; simple; effortless; straightforward; ease
    expensive; costly; dear; pricey
    | cheap; inexpensive; affordable; low priced; cost little; cost next to nothing; almost free; free; cost almost
      nothing; cost nothing; cost hardly anything; for free; nearly free; essentially free; free of charge
    rich; wealthy; affluent
    | poor; penniless
    good; fine; nice
    | bad; poor; awful; terrible
    * better; beat; outperform; outdo; surpass; superior; win; exceed; work better; do better; outclass; best;
      outstrip; trump; top; more successful; ahead of; get the better of; prevail; perform better; defeat; fare
      better; win over
    | worse; lose; inferior; do worse; work worse; underperform; lag; perform worse; lose to; lose out
    as good; equal; match; on a par; just as well; as well; just as good; no worse
    best; optimal; ideal; top quality
    | worst
    most; majority; the bulk; most often; mostly; mainly; chiefly; predominantly; largely
    | least; minority; hardly any
    main; chief; primary; principal; major; number one; key; biggest; leading; foremost
    | minor; secondary; marginal
    often; frequently; many times; a lot; commonly; regularly; time and again; again and again; over and over;
      repeatedly; repeat; keep repeating; tend to
    | rarely; seldom; hardly ever; infrequently
    always; every time; constantly; permanently; invariably
    | sometimes; at times; now and then; occasionally
    all; every; each; entire; whole; everything; full; complete; without exception; in full; total; entirely;
      completely; fully
    | part; partly; some; partial; partially; half
    many; numerous; lots; plenty; a lot; countless; plenty of; a wealth of
    | few; little; hardly any; scarce
    enough; sufficient; sufficiently; adequate; plenty
    | insufficient; inadequate; lack; too little; too few; not enough
    too much; excessive; overly; excess; excessively; too many; overdo; too
    | too little; too few
    extra; additional; further; one more; another; more of the same; yet another; one among others
    only; merely; solely; just; alone; exclusively; nothing but; simply; purely; no more than; nothing more than; on
      its own; by itself; single
    together; jointly; combined; in combination; united; as a unit; in unison; collectively; as a whole
    | separately; apart; singly; individually; one by one; one at a time; at a time; alone; in isolation; single;
      one after another; one after the other; by itself
    all the same; nevertheless; nonetheless; even so; regardless; in spite of everything; in spite of that; anyway;
      despite everything; despite that
    same; identical; equal; alike; equivalent; the very same; one and the same; amount to; boil down to; mean;
      imply; entail; translate into;
      equals; is the same as; equally; come down to
    | different; differ; unlike; distinct; unequal; differently; otherwise
    similar; resemble; look like; like; alike; reminiscent; akin
    | dissimilar
    new; novel; recent; modern; latest
    | old; ancient; former; outdated; previous
    clear; obvious; evident; plain; well defined; definite; unambiguous; clearly; transparent
    | vague; ambiguous; murky; obscure; fuzzy; blurry; hazy
    certain; sure; definite; surely; certainly
    | doubtful; uncertain
    true; right; correct; accurate; proper
    | wrong; false; incorrect; mistaken; inaccurate; untrue; faulty; off; erroneous
    precise; exact; accurate; precisely; exactly; accuracy; precision
    | rough; approximate; imprecise
    real; actual; genuine; reality; real world; actuality; real life
    | fake; artificial; simulated; virtual; imaginary
    possible; feasible; can; able; capable; doable; possibility; could; ability; capability; manage
    | impossible; infeasible; cannot; unable; incapable
    necessary; need; require; must; essential; have to; indispensable; needed; call for; required; take; cannot do
      without
    | unnecessary; superfluous; needless; optional
    likely; probable; probability; likelihood; plausible
    | improbable; implausible
    likeliest; most likely; most probable; highest probability; maximum probability; probability is highest
    important; matter; significant; crucial; count; vital; essential; importance
    | trivial; irrelevant
    useful; helpful; help; of use; beneficial; benefit; of help; serve; aid
    | useless; of no use
    safe; secure; harmless; safely
    | dangerous; risky; unsafe; hazardous; danger; risk
    stable; steady; constant; fixed; unchanged; stay the same; never change; static; remain the same; constantly
    | change; vary; shift; alter; differ; fluctuate; variable; variation; modify; touch; affect; transform;
      influence; interfere with; tamper; move
    open; unresolved; undecided
    | closed; shut; settled
    full; filled; fill
    | empty; drain; deplete; vacate; desert; clear out; void; vacant; depopulate; emptied of people; empty of
      people; hollow out; abandon
    start; begin; commence; launch; set off; open; onset; beginning
    | end; stop; finish; cease; halt; terminate; conclude
    keep; stay good; stay fresh; keep fresh; keep well; keep good; stay; remain; continue; persist; preserve; retain;
      maintain; last; go on; keep going; endure; hold out; survive; hold
    | leave; vanish; disappear; go away; cease; fade
    survive; live on; make it; stay alive; pull through; outlive
    | die; perish; death; dead; pass away; starve to death
    live; alive; life; exist; exist for
    | dead; die
    appear; emerge; arise; come up; show up; turn up
    | vanish; disappear; go away
    build up; accumulate; pile up; add up; compound; mount; mount up; snowball; gather; stack up; collect; build;
      amass; grow; get bigger; get worse; heap up; multiply; escalate
    | dissolve; cancel out; average out; wear off
    over time; as time goes by; with time; in time; eventually; in the long run; as time passes; with the passage of
      time; gradually; sooner or later; after a while; step by step; little by little; in the end; in the course of
      time; as it goes on; as time goes on; given time; some day; someday
    | at once; immediately; straight away; instantly
    fail; failure; go wrong; break down; not work; break; collapse; fall apart; go astray; flop; come to nothing; go
      bad; get into trouble; breakdown
    | succeed; work; success; go well; work out; function; successful; do well; pay off
    solve; solution; resolve; fix; remedy; crack; sort out; overcome; cure
    prevent; avoid; stop; keep from; keep anyone from; keep anybody from; keep people from;
      hinder; avert; rule out; stop from; impede; forestall; inhibit; deter; curb;
      block; protect from; guard against; hold back; head off; suppress; restrain
    | allow; let; enable; permit; make possible; open the way; pave the way; give rise to; cause; facilitate
    cause; bring about; lead to; result in; produce; make; trigger; create; responsible; to blame; behind; reason;
      source; culprit; fault; due to; give rise to; generate; bring on; account for; down to; because
    turn into; become; grow into; develop into; evolve into; get; turn; change into; transform into; end up
    help; assist; aid; support; contribute; favour; promote; foster
    | hinder; harm; hurt; damage; impede; obstruct
    simulation; simulator; simulate; sim
    variation; variant; version; variety
    laboratory; lab
    examination; exam
    information; info
    refrigerator; fridge
    mathematics; maths; math
    advertisement; advert; ad
    improve; enhance; get better; better; improvement; refine; upgrade
    | worsen; deteriorate; get worse; degrade; spoil
    use; employ; utilise; apply; make use of; usage; exploit; rely on; use up; consume; draw on
    waste; squander; throw away
    | save; spare; conserve
    give; provide; supply; deliver; offer; grant; yield; hand; bring; furnish; lend
    | take; withdraw; deprive; take away
    get; obtain; gain; acquire; receive; achieve; reach; attain; earn
    | lose; give up; forfeit
    show; demonstrate; reveal; display; exhibit; indicate; prove; present
    | hide; conceal; mask
    say; tell; state; claim; express; mention; report; speak; declare
    think; believe; hold; consider; regard; suppose; trust; reckon; deem; feel
    know; be aware; aware; familiar; understand; knowledge
    | ignore; unaware
    learn; acquire; pick up; study; train; training; trained; teach; taught
    | forget; unlearn
    see; look; watch; observe; notice; view; visible; perceive; spot; seen
    | overlook; miss
    find; discover; detect; locate; identify; spot; come across; uncover; track down
    | lose; miss
    search; look for; seek; hunt
    choose; pick; select; choice; decide; decision; opt; make the call; prefer; determine; call; settle; make up
      their mind; selection; rule
    like; prefer; favour; enjoy; love; favourite; fond
    | dislike; hate; reject
    want; wish; desire; aim; hope; intend; seek
    try; attempt; test; experiment; trial
    expect; predict; forecast; anticipate; prediction; foresee; prophesy
    guess; estimate; infer; conclude; deduce; work out; figure out; tell from; derive; make out
    measure; gauge; quantify; determine; measurement
    count; number; tally; quantity; amount; total
    compare; comparison; contrast
    join; connect; link; combine; tie; attach; unite; merge
    | split; separate; divide; part; cut off; detach; break up
    divide; share; split; distribute
    | concentrate; pool
    add; append; include; attach; put in; supplement
    | remove; take away; delete; drop; take out; eliminate; get rid of; strip; discard; do away with; throw out;
      exclude; leave out; lift out
    replace; substitute; supersede; take the place of; swap; oust; take over from; succeed; supplant; kick out;
      displace
    move; motion; shift; travel; go; walk; run; movement
    | stand still; rest; stay; stand
    send; transmit; dispatch; forward; pass on; ship
    | receive; get
    buy; purchase; acquire
    | sell
    pay; spend; cost; price; expense; charge
    own; possess; have; hold; ownership; belong to; property; estate
    rule; govern; control; reign; command; dominate; in charge; be in power; run
    | obey; serve; submit; follow
    force; compel; make; violence; by force; coerce; oblige
    fight; battle; combat; struggle; war; attack
    | peace; defend; protect
    protect; guard; shield; defend; secure; keep safe
    | attack; expose; endanger
    resist; resistant; withstand; resistance; tolerate; tolerant; immune; hold up against; cope with
    | yield; succumb
    close; near; nearby; next to; around; neighbouring; adjacent; in the vicinity; closely
    | far; distant; remote; away
    above; over; upwards; up; up into the air; on top; upward
    | below; under; downwards; beneath; underneath; downward
    inside; within; inner; internal; indoors
    | outside; outer; external; outdoors
    before; prior; beforehand; ahead of; in advance
    | after; afterwards; following; subsequently
    first; initial; original; initially; at first
    | last; final; eventual; lastly; finally
    direct; directly; straight; immediate; at once
    | indirect; detour; indirectly; roundabout
    deep; profound; deeply
    | shallow; superficial
    wide; broad; broader; wider; breadth; width
    | narrow; thin
    thick; dense; tight; tightly; firm
    | thin; loose; slack; loosely
    soft; tender; gentle; flexible; mild
    | hard; harsh; stiff; rigid
    wet; moist; damp; humid
    | dry; arid
    smooth; even; uniform; flat; level
    | rough; uneven; irregular; bumpy
    flat; even; spread out; level; flatten; flatter
    | peaked; spiky; concentrated; sharp; pointed
    sharp; acute
    | blunt; dull
    bright; light; shiny; gloss; glossy
    | dark; dull; dim
    clean; pure; tidy; free of dirt
    | dirty; messy; soiled
    whole; intact; unbroken; undamaged; unharmed; in one piece; unscathed; unhurt
    | broken; damaged; torn
    diverse; varied; diversity; variety; various; manifold; different
    | uniform; monotonous; homogeneous
    busy; active; occupied; lively; at work; in use
    | idle; inactive; unused
    cautious; careful; timid; hesitant; wary; prudent
    | reckless; careless; bold
    attractive; appealing; tempting; desirable; worth it; worthwhile
    | unattractive; repellent
    everywhere; all over; in all places; throughout
    | nowhere
    everybody; anyone; anybody; everyone; people; someone; persons; folk; humans; human; man; men
    child; kid; young; youngster; little one
    person; human; man; individual; someone; somebody; being
    error; mistake; fault; slip; flaw; wrong; blunder; bug; inaccuracy; failure
    problem; trouble; difficulty; issue; obstacle; challenge; snag; bottleneck; limit; limiting factor; holdup;
      hurdle; constraint; hitch
    way; method; approach; means; technique; manner; procedure; how
    thing; object; item; article
    kind; sort; type; form; variety; class; category
    piece; part; portion; chunk; section; segment; fragment; bit; component; block
    place; spot; location; site; position; area; region
    country; countryside; land; rural area; field; rural; farmland
    result; outcome; consequence; effect; finding; upshot; output; product
    reason; cause; ground; motive
    rate; share; proportion; percentage; fraction; ratio; per cent
    twice; double; two times; doubled; doubly
    | half; halve
    times; fold; factor
    work; job; task; labour; toil; effort; chore
    data; information; facts; figures; evidence
    example; instance; case; sample; specimen; illustration
    machine; device; apparatus; engine
    step; stage; phase
    goal; aim; purpose; objective; target; end
    group; set; batch; bunch; cluster; collection; class
    edge; border; margin; boundary; rim
    hole; gap; opening; cavity; pore
    house; home; dwelling
    king; monarch; monarchy; sovereign; ruler; crown; royal
    soldier; army; troops; military; warrior
    money; cash; funds; finance; wealth; coin
    illness; disease; sickness; sick; ill
    | healthy; health; well
    food; meal; eat; feed; fed; nourish; nutrition; fodder
    | hungry; hunger; starve; starvation
    taste; flavour; savour; aroma
    sour; acid; acidic; acidity
    | sweet; sugary
    word; term; expression; phrase
    text; writing; passage; wording; prose
    generate; generation; produce; create; make; write; spit out; turn out; output; emit
    token by token; one token at a time; word by word; autoregressive; autoregressively; sequentially; one step at a
      time; one by one; step by step
    | in parallel; simultaneously; all at once; concurrently; in one go; side by side
    copy; clone; imitate; imitation; mimic; replicate; duplicate; reproduce
    limited; restricted; bounded; finite
    | unlimited; unbounded; infinite; endless; boundless
    visit; come to; go to; encounter
    leave; depart; go away; quit; abandon; exit; departure
    | arrive; stay; return; arrival; come
    reject; vote down; turn down; refuse; voted down; decline; rejected; throw out; defeat
    | accept; approve; adopt
    reluctant; unwilling; would not; refuse; refused; hesitate
    | willing; eager; ready
    past; history; former times
    believe in; trust; have faith in; rely on; count on
    | distrust; doubt
"""
"""Each line the words of one sense, behind a `|` those of its opposite. A word may have several senses.

A star marks what becomes more or less: that is said of anything in many words, while other words make a term.
"""


COMPARATIVE, SUPERLATIVE = 1000, 2000
"""What is added to the senses of a word for those of its degrees."""


class Senses:
    """The phrases of all senses, by the stems of their words. A sense is a number; its opposite is that below zero."""

    def __init__(self) -> None:
        rows = _lines(_SENSES)
        self._changes = frozenset(number for number, row in enumerate(rows, 1) if row.startswith("*"))
        lines = [row.removeprefix("* ").split("|") for row in rows]
        phrases = [
            (phrase.split(), number * sign)
            for number, sides in enumerate(lines, 1)
            for sign, side in zip((1, -1), sides, strict=False)
            for phrase in side.split(";")
        ]
        self.vocabulary = frozenset(word for words, _ in phrases for word in words)
        self.denying = frozenset(
            tuple(map(stem, phrase.split())) for phrase in (*DENYING, *_DENYING, *(f"{one} t" for one in DENIED))
        )
        self._of: dict[tuple[str, ...], set[int]] = {}
        for words, sense in phrases:
            self._of.setdefault(tuple(map(stem, words)), set()).add(sense)
        phrases_of_stems = (*self._of, *self.denying)
        self.beginnings = {roots[:length] for roots in phrases_of_stems for length in range(1, len(roots) + 1)}
        self._single: dict[int, list[str]] = {}
        for roots, senses in self._of.items():
            for sense in senses if len(roots) == 1 else ():
                self._single.setdefault(sense, []).append(roots[0])

    def of(self, roots: Sequence[str]) -> frozenset[int]:
        """The senses of a phrase; none where it has none. Those of `quickest` are not those of `quick`."""
        if (found := self._of.get(tuple(roots))) is not None:
            return frozenset(found)
        if len(roots) == 1:
            for ending, degree in (("est", SUPERLATIVE), ("er", COMPARATIVE)):
                base = roots[0].removesuffix(ending)
                if base != roots[0] and (senses := self._of.get((base,)) or self._of.get((base[:-1],))):
                    return frozenset(sense + (degree if sense > 0 else -degree) for sense in senses)
        return frozenset()

    def is_change(self, sense: int) -> bool:
        """Whether a sense says that something becomes more or less."""
        return abs(sense) in self._changes or COMPARATIVE < abs(sense) < SUPERLATIVE

    @property
    def numbers(self) -> Sequence[int]:
        """All senses."""
        return sorted(self._single)

    def words(self, sense: int) -> Sequence[str]:
        """The stems of the single words of a sense."""
        return self._single.get(sense, ())


def _lines(text: str) -> list[str]:
    """The lines of a table, each with those that go on with it."""
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        begun = line.startswith("      ") or line.lstrip().startswith("|")
        if begun and lines:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    return lines


@lru_cache(maxsize=1)
def senses() -> Senses:
    """All senses, made when a question first cannot be read without them."""
    return Senses()
