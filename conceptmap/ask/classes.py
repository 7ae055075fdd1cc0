"""Classes: of what sort the things are that common nouns of English are for: a `willow` is a tree. See `sorts`."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from graphs.words import stem

CLASSES = """
tree: tree oak beech birch ash elm maple willow poplar alder lime linden chestnut walnut hazel pine fir spruce larch
  cedar yew cypress juniper olive fig palm apple pear plum cherry almond peach apricot orange lemon mulberry eucalyptus
  acacia rowan hawthorn sycamore mahogany teak bamboo
flower blossom bloom: flower blossom bloom rose lily tulip daisy dandelion sunflower poppy violet pansy iris orchid
  daffodil narcissus snowdrop crocus hyacinth carnation chrysanthemum dahlia geranium marigold lavender primrose
  buttercup cornflower jasmine lilac magnolia foxglove aster anemone
herb: herb basil mint thyme sage rosemary oregano parsley dill coriander chives tarragon fennel borage lavender
  chamomile yarrow comfrey
crop: crop wheat rye barley oat oats spelt maize corn rice millet sorghum rape rapeseed flax hemp cotton buckwheat
  alfalfa soy soybean sugarcane beet potato bean pea lentil
plant: tree flower herb crop plant shrub bush hedge grass reed rush moss fern ivy vine heather heath clover vetch lupin
  bramble thistle nettle weed cactus blackberry raspberry strawberry blueberry currant gooseberry elder blackthorn
  broom gorse privet holly box boxwood mistletoe phacelia mustard alga seaweed
vegetable: vegetable cabbage carrot onion garlic leek lettuce spinach tomato cucumber pumpkin courgette pepper beet
  radish turnip celery broccoli cauliflower potato bean pea
fruit: fruit apple pear plum cherry peach apricot orange lemon lime grape fig date banana melon berry blackberry
  raspberry strawberry blueberry currant gooseberry olive pineapple mango
insect: insect bee wasp ant fly moth butterfly beetle aphid mosquito gnat flea louse cricket grasshopper locust
  dragonfly ladybird bumblebee hornet termite cockroach caterpillar
bird: bird hen cock chicken duck goose swan pigeon dove sparrow robin blackbird starling crow raven magpie jay owl hawk
  eagle falcon kestrel buzzard stork heron gull penguin parrot finch tit swallow swift woodpecker cuckoo turkey ostrich
fish: fish salmon trout carp pike perch eel herring cod tuna shark ray sardine anchovy haddock plaice sole
mammal: mammal dog cat horse cow ox bull pig sheep goat donkey mule camel deer elk bear wolf fox badger otter weasel
  marten hare rabbit mouse rat squirrel hedgehog bat mole whale dolphin seal elephant lion tiger leopard monkey ape
  chimpanzee gorilla
pest parasite: mite tick flea louse tapeworm varroa aphid moth beetle weevil
animal creature: insect bird fish mammal animal creature pest snake lizard frog toad newt turtle tortoise crocodile
  spider mite tick worm snail slug crab lobster shrimp squid octopus jellyfish coral larva drone
microbe microorganism germ: microbe bacterium bacteria bacillus yeast fungus mould virus amoeba protozoan lactobacillus
gas: gas air oxygen hydrogen nitrogen helium neon argon dioxide monoxide methane ozone ammonia steam vapour propane
  butane
metal: metal iron steel copper bronze brass tin lead silver gold zinc aluminium nickel mercury platinum titanium
  tungsten chromium sodium potassium calcium magnesium
mineral: mineral salt quartz chalk gypsum clay limestone marble granite slate flint coal graphite
liquid fluid: liquid fluid water milk oil wine beer juice vinegar blood petrol alcohol whey syrup ink
drink beverage: drink water milk tea coffee wine beer ale cider juice brandy whisky rum vodka mead lemonade cocoa
dish food: dish food bread loaf roll cake pie soup stew cheese butter meat sausage ham bacon egg honey jam sugar sauce
  pasta noodle porridge salad biscuit pancake fish fruit vegetable garum
bread: bread loaf roll bun baguette boule batard ciabatta focaccia pretzel bagel brioche pitta naan
grain cereal: wheat rye barley oat oats spelt maize corn rice millet sorghum
ingredient: flour water salt sugar yeast butter milk egg oil starter malt honey cream spice pepper vinegar
spice: spice pepper salt cinnamon nutmeg clove ginger saffron paprika cumin cardamom vanilla turmeric mustard
office post magistracy: office consul praetor quaestor aedile tribune censor dictator president chancellor minister
  mayor governor judge secretary treasurer chairman ombudsman
institution body organ authority: institution body office senate assembly parliament council congress court cabinet
  government ministry committee commission board chamber agency bureau bank church university school academy guild
  police army navy tribunal diet house
magistrate official: official consul praetor quaestor aedile tribune censor dictator minister mayor governor
month: january february march april may june july august september october november december
season: spring summer autumn winter fall
weekday: monday tuesday wednesday thursday friday saturday sunday
colour color: red orange yellow green blue indigo violet purple pink brown black white grey
planet: mercury venus earth mars jupiter saturn uranus neptune
continent: africa america asia europe australia antarctica
country: england france germany italy spain portugal greece egypt turkey russia china japan india america britain
  scotland ireland wales poland austria switzerland belgium holland netherlands denmark sweden norway finland hungary
  persia mexico brazil canada australia
city town: london paris berlin rome athens madrid lisbon vienna venice florence milan naples lyon carthage alexandria
  constantinople jerusalem moscow york tokyo peking amsterdam brussels prague budapest dublin ravenna
language: english french german italian spanish portuguese latin greek hebrew arabic russian chinese japanese sanskrit
  persian turkish dutch swedish hungarian python java javascript fortran rust haskell
game: game chess go checkers draughts backgammon poker bridge tennis football soccer cricket golf rugby hockey
  dominoes solitaire mahjong
vehicle: vehicle car cart wagon carriage lorry truck bus train tram bicycle motorcycle tractor sledge ship boat
  aeroplane aircraft helicopter
ship vessel boat: ship vessel boat galley trireme frigate barge canoe ferry yacht caravel galleon steamer submarine
weapon: weapon sword spear lance bow arrow javelin dagger axe club sling shield gun rifle pistol cannon musket bomb
  catapult gladius pilum
building: building house hut cottage castle palace temple church cathedral mosque synagogue school hospital barn mill
  factory theatre amphitheatre villa tower fortress bath basilica library museum
instrument: instrument violin viola cello guitar lute harp piano organ harpsichord flute oboe clarinet bassoon trumpet
  horn trombone tuba drum saxophone recorder accordion thermometer barometer telescope microscope scale balance compass
tool implement utensil: tool hammer saw knife razor axe chisel plane file drill spade shovel fork hoe rake scythe sickle
  plough needle scissors tongs pliers spanner screwdriver smoker scraper spatula whisk pan pot bowl basket oven stone
  thermometer
vessel container: pot pan bowl cup jar jug bottle barrel cask amphora urn vase basket box bucket tub bag sack oven
machine: machine engine motor mixer pump mill press loom turbine robot computer tractor
disease illness: disease illness plague cholera malaria measles smallpox influenza flu tuberculosis typhus leprosy
  cancer diabetes scurvy rabies tetanus polio pneumonia bronchitis arthritis
war conflict: war battle siege revolt rebellion uprising campaign crusade invasion
law statute: law act edict statute decree constitution charter bill reform treaty code
coin currency: coin dollar euro pound franc mark yen rouble denarius sestertius aureus solidus drachma penny shilling
book: book novel poem play epic histories letters memoirs
science discipline: mathematics physics chemistry biology astronomy geology medicine economics psychology sociology
  linguistics history philosophy statistics geography
shape: circle square triangle rectangle ellipse sphere cube cone cylinder polygon pentagon hexagon pyramid
"""
"""A class by its nouns, and the common nouns of things that are of it; a class among these brings all of its own."""


@lru_cache(maxsize=1)
def classes() -> Mapping[str, frozenset[str]]:
    """The stems of the nouns of each class, by the stem of a noun for the class."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in CLASSES.strip().replace("\n  ", " ").splitlines():
        called, members = entry.split(":")
        roots = {root for one in map(stem, members.split()) for root in (one, *found.get(one, ()))}
        for noun in called.split():
            found[stem(noun)] |= roots
    return {root: frozenset(members) for root, members in found.items()}


@lru_cache(maxsize=1)
def class_stems() -> frozenset[str]:
    """The stems of all these nouns: none is a misspelling of something else."""
    return frozenset(classes()).union(*classes().values())
