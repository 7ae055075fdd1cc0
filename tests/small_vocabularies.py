"""Vocabularies of courses, as their authors would write them: they say no looks, and use words that are built in."""

PREFIXES = """\
@prefix : <https://example.org/course#> .
@prefix cm: <https://w3id.org/conceptmap/vocabulary#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
"""

COOKING = f"""\
{PREFIXES}
:Recipe a owl:Class ; rdfs:label "Recipe" .
:Flour a owl:Class ; rdfs:label "Flour" ; rdfs:subClassOf :Ingredient .
:Ingredient a owl:Class ; rdfs:label "Ingredient" .
:Technique a owl:Class ; rdfs:label "Technique" ; rdfs:subClassOf cm:Method .
:OvenSetting a owl:Class ; rdfs:label "Oven setting" .
:uses a owl:ObjectProperty ; rdfs:label "uses" ; cm:inverseLabel "is used in" ;
    schema:domainIncludes :Recipe ; schema:rangeIncludes :Ingredient ; cm:verb "contain", "need" .
:callsFor a owl:ObjectProperty ; rdfs:label "calls for" ; cm:inverseLabel "is called for by" ;
    schema:domainIncludes :Recipe ; schema:rangeIncludes :Technique .
:bakesAt a owl:ObjectProperty ; rdfs:label "bakes at" ; cm:inverseLabel "is the oven setting of" ;
    schema:domainIncludes :Recipe ; schema:rangeIncludes :OvenSetting ; cm:wording "is baked at" .
:pairsWith a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label "pairs with" ;
    schema:domainIncludes :Ingredient ; schema:rangeIncludes :Ingredient ; cm:wording "goes well with" .
"""

COOKING_NOTES = {
    "day-01.md": """\
---
day: 1
title: Lean doughs
course: cooking
---
## Recipe: Baguette
A lean dough with a long cold rise.
- uses:: [[Wheat flour]], [[Yeast]]
- calls for:: [[Scoring]]
- bakes at:: [[240 °C]]

## Flour: Wheat flour
## Ingredient: Yeast
## Technique: Scoring
## Oven setting: 240 °C
""",
    "day-02.md": """\
---
day: 2
title: Rye
course: cooking
---
## Recipe: Rye loaf
- uses:: [[Rye flour]], [[Caraway]], [[Yeast]]
- bakes at:: [[240 °C]]

## Flour: Rye flour
- pairs with:: [[Caraway]]
## Ingredient: Caraway
""",
}

LAW = f"""\
{PREFIXES}
:Authority a owl:Class ; rdfs:label "Authority" .
:Statute a owl:Class ; rdfs:label "Statute" ; rdfs:subClassOf :Authority ; cm:noun "act" .
:Case a owl:Class ; rdfs:label "Case" ; rdfs:subClassOf :Authority ; cm:noun "decision", "judgment" .
:Court a owl:Class ; rdfs:label "Court" ; rdfs:subClassOf cm:Agent .
:overrules a owl:ObjectProperty ; rdfs:label "overrules" ; cm:inverseLabel "is overruled by" ;
    schema:domainIncludes :Case ; schema:rangeIncludes :Case .
:interprets a owl:ObjectProperty ; rdfs:label "interprets" ; cm:inverseLabel "is interpreted by" ;
    schema:domainIncludes :Case ; schema:rangeIncludes :Statute ; cm:verb "construe" .
:decidedBy a owl:ObjectProperty ; rdfs:label "decided by" ; cm:inverseLabel "decided" ;
    schema:domainIncludes :Case ; schema:rangeIncludes :Court .
"""

LAW_NOTES = {
    "day-01.md": """\
---
day: 1
course: law
---
## Case: Plessy v. Ferguson
- decided by:: [[Supreme Court]]

## Case: Brown v. Board of Education
- overrules:: [[Plessy v. Ferguson]]
- decided by:: [[Supreme Court]]

## Case: Griggs v. Duke Power
- interprets:: [[Civil Rights Act of 1964]]

## Statute: Civil Rights Act of 1964
## Court: Supreme Court
"""
}
