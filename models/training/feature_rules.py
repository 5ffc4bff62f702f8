"""Minimal pairs made by rule: two sentences that differ in one meaning only. Each maker takes a sentence and
returns (low, high), the second being more of what the feature is named for, or None where the rule does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable

Pair = tuple[str, str]
Maker = Callable[[str], Pair | None]

# First words that may be written small when something is put before them.
SAFE_FIRST = set("""The A An This That These Those It He She We They There His Her Their Our Its In On At Some Many Most
 Such If When After Before While Each All Both No Not One Two Three My Your What You For From With""".split())
PLURAL_PRONOUNS = {"they", "we", "you", "these", "those", "people", "who"}


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def be_for(word: str) -> str:
    """The present form of "be" after this word, by its ending."""
    low = word.lower().strip(",")
    if low == "i":
        return "am"
    plural = low in PLURAL_PRONOUNS or (low.endswith("s") and not low.endswith(("ss", "us", "is", "'s")))
    return "are" if plural else "is"


def tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,")
    return upper_first(re.sub(r" ([,.;:?!])", r"\1", text))


def article(text: str) -> str:
    """Put a/an right after a word was taken out."""
    text = re.sub(r"\b([Aa]) (?=[aeiou])(?!(?:one|uni|use|eu))", r"\1n ", text)
    return re.sub(r"\b([Aa])n (?=[^aeiouh\s\W])", r"\1 ", text)


HEDGE_ADVERB = r"(?:perhaps|probably|possibly|maybe|supposedly|seemingly)"
HEDGE_ADVERB_OTHER = r"(?:apparently|presumably|arguably|reportedly|allegedly|conceivably)"


def drop_adverb(adverb: str) -> Maker:
    pattern = re.compile(rf"(^|, | )({adverb})(,? )", re.IGNORECASE)

    def make(text: str) -> Pair | None:
        found = pattern.findall(text)
        if len(found) != 1 or text.endswith("?"):
            return None
        before, _, after = found[0]
        if before == ", " and after == ", ":
            joint = " "
        else:
            joint = ", " if before == ", " else " "
        return tidy(pattern.sub(joint, text, count=1)), text

    return make


def may_be(text: str) -> Pair | None:
    match = re.search(r"(\b[\w']+) (may|might|could) be\b", text)
    if not match or text.endswith("?") or len(re.findall(r"\b(?:may|might|could)\b", text)) != 1:
        return None
    if match[1].lower() in ("there", "it", "not", "to", "that", "which") and match[1].lower() != "it":
        return None
    return text[: match.start()] + f"{match[1]} {be_for(match[1])}" + text[match.end() :], text


def seems(text: str) -> Pair | None:
    for pattern, plain in (
        (r"\b(?:seems|appears) to be\b", "is"),
        (r"\b(?:seem|appear) to be\b", "are"),
        (r"\b(?:seemed|appeared) to be\b", "was"),
        (r"\b(?:seems|appears) to have\b", "has"),
    ):
        if re.search(pattern, text):
            return re.sub(pattern, plain, text, count=1), text
    return None


def i_think(text: str) -> Pair | None:
    match = re.match(
        r"(?:I (?:think|believe|guess|suppose|suspect)(?: that)?|It (?:seems|appears|may be|is possible|is likely) that) (?!so\b|not\b|of\b|about\b|in\b)(.+)",
        text,
    )
    return (upper_first(match[1]), text) if match and not text.endswith("?") else None


def add_perhaps(text: str) -> Pair | None:
    first = text.split(" ", 1)[0]
    if (
        first not in SAFE_FIRST
        or re.search(r"\b(?:may|might|could|would|seem|perhaps|probably|likely)", text)
        or text[-1] != "."
    ):
        return None
    return text, f"Perhaps {text[0].lower()}{text[1:]}"


def drop_word(words: str) -> Maker:
    """Emphasis: the sentence without its intensifier, and with it."""
    pattern = re.compile(rf"(?<!the )(?<!not )(?<!so )\b(?:{words}) (?=[a-z]{{3,}})(?!same|first|last|much|few|best)")

    def make(text: str) -> Pair | None:
        if len(pattern.findall(text)) != 1:
            return None
        return article(pattern.sub("", text, count=1)), text

    return make


def future(text: str) -> Pair | None:
    if (
        not re.search(r"\b(?:is|are|am)\b", text)
        or re.search(r"\b(?:will|shall|was|were|had|going to)\b", text)
        or "?" in text
    ):
        return None
    return text, re.sub(r"\b(?:is|are|am)( not)?\b", lambda m: f"will{m[1] or ''} be", text, count=1)


def must_be(text: str) -> Pair | None:
    if (
        not re.search(r"\b(?:is|are)\b", text)
        or re.search(r"\b(?:must|should|ought|need|have to|has to|was|were)\b", text)
        or "?" in text
    ):
        return None
    modal = ("must", "should", "ought to")[len(text) % 3]
    return text, re.sub(
        r"\b(?:is|are)( not)?\b",
        lambda m: (f"{modal}{m[1] or ''} be" if modal != "ought to" or not m[1] else "must not be"),
        text,
        count=1,
    )


def subject_must(text: str) -> Pair | None:
    match = re.match(
        r"(I|You|We|They) (?:must|should|have to|need to|ought to|had better) (?!have\b|be\b|not\b)([a-z]+ .+)", text
    )
    return (f"{match[1]} {match[2]}", text) if match and "?" not in text else None


HE_FORMS = {
    "was": "were",
    "is": "are",
    "has": "have",
    "doesn't": "don't",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "does": "do",
}
HE_SAME = set(
    "could would will can had did must should may might never couldn't wouldn't won't can't hadn't didn't".split()
)
POSSESSIVE_OBJECT = {"him": "them", "himself": "themselves", "his": "their"}


def he_they(text: str) -> Pair | None:
    """He was late. -> They were late. Only where every "he" has a verb whose plural is known."""
    words = text.split(" ")
    if not any(word.lower() in ("he",) for word in words) or re.search(
        r"\b(?:[Ss]he|[Hh]er|[Tt]hey|[Ii]t|who|I|[Ww]e)\b|\bhe's|\bHe's", text
    ):
        return None
    out, index = list(words), 0
    for index, word in enumerate(words):
        bare = word.strip(',.;:!?"').lower()
        if bare == "he":
            following = words[index + 1] if index + 1 < len(words) else ""
            verb = following.strip(',.;:!?"')
            if verb in HE_FORMS:
                out[index + 1] = following.replace(verb, HE_FORMS[verb])
            elif not (verb in HE_SAME or verb.endswith("ed")):
                return None
            out[index] = re.sub(
                "he", "They" if word.strip("\"'(")[0] == "H" else "they", word, count=1, flags=re.IGNORECASE
            )
        elif bare in POSSESSIVE_OBJECT:
            new = POSSESSIVE_OBJECT[bare]
            out[index] = re.sub(bare, upper_first(new) if word[0].isupper() else new, word, flags=re.IGNORECASE)
    return text, " ".join(out)


FEMININE = {"he": "she", "him": "her", "his": "her", "himself": "herself"}


def feminine(text: str) -> str:
    """He -> she throughout."""
    return re.sub(
        r"\b(he|him|his|himself)\b",
        lambda m: upper_first(FEMININE[m[0].lower()]) if m[0][0].isupper() else FEMININE[m[0].lower()],
        text,
        flags=re.IGNORECASE,
    )


def plural_subject(vocabulary: set[str]) -> Maker:
    """The wall was damp. -> The walls were damp. Only where the plural is a word of the corpus."""

    def make(text: str) -> Pair | None:
        match = re.match(r"(The|This|That) ([a-z]{3,})(?<![sxzy]) (is|was|has) (.+)", text)
        if not match or f"{match[2]}s" not in vocabulary or re.search(r"\b(?:its|it|he|she|a|an|one)\b", match[4]):
            return None
        the = {"The": "The", "This": "These", "That": "Those"}[match[1]]
        return text, f"{the} {match[2]}s {HE_FORMS[match[3]]} {match[4]}"

    return make


def command(text: str) -> Pair | None:
    match = re.match(
        r"(?:You (?:should|must|have to|need to|ought to|had better|'d better)|I want you to|I'd like you to) (?!have\b|not\b)([a-z]+\b.*)\.$",
        text,
    )
    if match:
        return text, upper_first(match[1]) + "."
    match = re.match(r"You (?:shouldn't|mustn't|must not|should not) (?!have\b|be\b)([a-z]+\b.*)\.$", text)
    return (text, f"Don't {match[1]}.") if match else None


UNIVERSAL = [
    (r"\bsomeone\b", "everyone"),
    (r"\bsomebody\b", "everybody"),
    (r"\bsomething\b", "everything"),
    (r"\bsometimes\b", "always"),
    (r"\boften\b", "always"),
    (r"\busually\b", "always"),
    (r"\bsome of the\b", "all of the"),
    (r"\bmost of the\b", "all of the"),
    (r"\bmany of the\b", "all of the"),
    (r"\bsome (?=[a-z]+s\b)", "all "),
    (r"\bmost (?=[a-z]+s\b)", "all "),
    (r"\bmany (?=[a-z]+s\b)", "all "),
]
LIMITED = [
    (r"\balways\b", "sometimes"),
    (r"\beveryone\b", "someone"),
    (r"\beverybody\b", "somebody"),
    (r"\beverything\b", "something"),
    (r"\ball of the\b", "some of the"),
    (r"\ball (?=[a-z]+s\b)", "some "),
]


def generality(text: str) -> Pair | None:
    if "?" in text or re.search(r"n't|\bnot\b|\bif\b", text):
        return None
    rules = [(pattern, to, True) for pattern, to in UNIVERSAL] + [(pattern, to, False) for pattern, to in LIMITED]
    hits = [rule for rule in rules for _ in re.findall(rule[0], text, re.IGNORECASE)]
    if len(hits) != 1:
        return None
    pattern, to, up = hits[0]
    other = re.sub(pattern, lambda m: upper_first(to) if m[0][0].isupper() else to, text, count=1, flags=re.IGNORECASE)
    return (text, other) if up else (other, text)


IRREGULAR = dict(
    pair.split(":")
    for pair in """written:wrote built:built made:made held:held won:won led:led sold:sold taken:took given:gave broken:broke eaten:ate
 found:found seen:saw drawn:drew driven:drove stolen:stole chosen:chose taught:taught bought:bought brought:brought caught:caught known:knew shown:showed spent:spent
 cut:cut put:put hit:hit bitten:bit beaten:beat torn:tore worn:wore sung:sang told:told lost:lost shot:shot struck:struck founded:founded""".split()
)


def passive(text: str) -> Pair | None:
    """Ann opened the door. -> The door was opened by Ann. Read backwards, from short passive sentences."""
    match = re.match(
        r"((?:[A-Z][A-Za-z']*)(?: (?!that\b|who\b|which\b|and\b)[A-Za-z'-]+){0,5}) (?:was|were) (?:[a-z]+ly )?([a-z]+) by ((?!the end\b|then\b|now\b)[A-Za-z'-]+(?: (?!and\b|in\b|on\b|at\b|who\b|that\b|which\b|to\b|as\b|for\b|from\b|when\b)[A-Za-z'-]+){0,5})\.$",
        text,
    )
    if not match or not (match[2].endswith("ed") or match[2] in IRREGULAR) or match[3].endswith("ing"):
        return None
    pronouns = {"me": "I", "him": "he", "her": "she", "us": "we", "them": "they"}
    objects = {"He": "him", "She": "her", "I": "me", "They": "them", "We": "us", "It": "it", "You": "you"}
    agent = pronouns.get(match[3], match[3])
    first = match[1].split(" ")[0]
    patient = objects.get(match[1]) or (match[1][0].lower() + match[1][1:] if first in SAFE_FIRST else match[1])
    return f"{upper_first(agent)} {IRREGULAR.get(match[2], match[2])} {patient}.", text
