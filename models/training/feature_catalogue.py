"""The features: how each is named and what it is learned from. Order here is the order in features.f32."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import feature_sources as sources
from feature_data import Corpus, Task


@dataclass
class Feature:
    id: str
    name: str
    poles: tuple[str, str]  # low, high; read after "a little" and "clearly", so adjectives where possible
    build: Callable[[Corpus], Task]
    note: str = ""


FEATURES = [
    Feature("sentiment", "Sentiment", ("negative", "positive"), sources.sentiment),
    Feature(
        "emotion",
        "Feeling",
        ("matter-of-fact", "emotional"),
        sources.emotion,
        "Weak: read in comments people wrote online; no rewrites exist to measure its step by.",
    ),
    Feature(
        "anger", "Anger", ("calm", "angry"), sources.anger, "Weak: read in comments people wrote online; leans on sentiment."
    ),
    Feature("fear", "Fear", ("at ease", "afraid"), sources.fear),
    Feature(
        "subjectivity",
        "Stance",
        ("objective", "subjective"),
        sources.subjectivity,
        "Learned from plots and reviews of films alone.",
    ),
    Feature(
        "formality",
        "Formality",
        ("casual", "formal"),
        sources.formality,
        "From contractions and from chat against press and science; what is chatty in content reads as casual too.",
    ),
    Feature(
        "certainty",
        "Certainty",
        ("hedged", "certain"),
        sources.certainty,
        "Its pairs differ in a word or two: the same sentence with and without a hedge is told apart nearly always, unlike sentences less so.",
    ),
    Feature(
        "emphasis",
        "Emphasis",
        ("plain", "emphatic"),
        sources.emphasis,
        "Its pairs differ in a word or two: the same sentence with and without an intensifier is told apart nearly always, unlike sentences less so.",
    ),
    Feature("generality", "Generality", ("particular", "universal"), sources.generality),
    Feature("negation", "Negation", ("affirmed", "negated"), sources.negation),
    Feature(
        "question",
        "Question",
        ("stating", "asking"),
        sources.question,
        "Real questions without their mark are told apart less well than rewrites.",
    ),
    Feature("instruction", "Instruction", ("describing", "instructing"), sources.instruction),
    Feature("obligation", "Obligation", ("as it is", "as it must be"), sources.obligation),
    Feature("tense", "Tense", ("present", "past"), sources.past),
    Feature("future", "Future", ("present", "future"), sources.future),
    Feature("person", "Person", ("first person", "third person"), sources.person),
    Feature("gender", "Gender", ("masculine", "feminine"), sources.gender),
    Feature("number", "Number", ("singular", "plural"), sources.number),
    Feature("voice", "Voice", ("active", "passive"), sources.voice, "Few pairs; word order is faint in this space."),
    Feature("concreteness", "Concreteness", ("abstract", "concrete"), sources.concreteness),
    Feature(
        "complexity",
        "Complexity",
        ("simple", "complex"),
        sources.complexity,
        "Long against short words at equal length; rewrites for another reading level change mostly other things.",
    ),
    Feature("storytelling", "Storytelling", ("explaining", "telling"), sources.storytelling),
    Feature(
        "era", "Era", ("long ago", "recent"), sources.era, "What a text is about, by the year it names; not how it is written."
    ),
]
