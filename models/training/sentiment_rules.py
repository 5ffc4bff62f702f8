"""Minimal pairs of sentiment, made by rule: words of praise and blame exchanged for their opposites, or left out.

Reviews that were rewritten by people (counterfactual_sentiment) change much at once, so what a pull along sentiment
should do stayed unlearnt from them alone. `pairs` exchanges the words. `judgements` leaves one out, which shows where a
sentence that judges nothing may go: the sentence as it was written judges. The words are written for this project.
"""
import random
import re
from collections import Counter
from pathlib import Path

import corpus

# negative, positive; the first pair that a word stands in decides. Words with another life (like, kind, mean, right,
# well, just, lost) are left out: exchanged blindly they teach broken English
OPPOSITES = """
bad good|terrible great|awful excellent|worst best|worse better|horrible wonderful|dreadful delightful
poorly beautifully|terribly wonderfully|boring interesting|bored fascinated|dull lively|tedious exciting
hate love|hated loved|hates loves|hating loving|disliked liked|ugly beautiful|sad happy|unhappy happy
sadly happily|sadness happiness|stupid clever|dumb smart|foolish wise|weak strong|fail succeed|failed succeeded
fails succeeds|failure success|disappointing satisfying|disappointed pleased|disappointment delight
disappoints delights|useless useful|worthless valuable|unpleasant pleasant|annoying charming|annoyed amused
irritating endearing|rude friendly|unfriendly welcoming|dirty clean|filthy spotless|noisy quiet|cold warm
cruelly kindly|cruelty kindness|lousy fine|mediocre brilliant|stale fresh|bland tasty|disgusting delicious
awkward graceful|clumsy elegant|unfunny hilarious|humorless witty|forgettable memorable|unconvincing convincing
implausible believable|predictable surprising|lifeless vivid|shallow profound|pointless meaningful
hopeless hopeful|afraid glad|angry cheerful|anger joy|angrily cheerfully|grim bright|gloomy sunny
bleak promising|painful soothing|painfully pleasantly|pain pleasure|suffer thrive|suffered thrived
suffering flourishing|sick healthy|broken intact|unreliable reliable|flimsy sturdy|slow fast|slowly swiftly
difficult easy|confusing clear|messy tidy|unfair fair|unfairly fairly|dishonest honest|enemy friend
enemies friends|defeat victory|loss gain|losses gains|harm benefit|harmful beneficial|harms helps|hurts helps
damage improvement|damaged restored|dangerous safe|danger safety|curse blessing|disaster triumph
disastrous triumphant|catastrophe miracle|tragedy comedy|tragic joyful|mess masterpiece|flaw strength
flaws strengths|flawed flawless|weakness strength|weaknesses strengths|mistake achievement|mistakes achievements
trouble comfort|uncomfortable comfortable|worried relieved|nervous calm|complaint compliment
complaints compliments|complained rejoiced|complain rejoice|criticized praised|criticised praised
criticize praise|criticism praise|blame credit|blamed credited|condemned celebrated|condemn celebrate
rejected embraced|reject embrace|despise admire|despised admired|loathe adore|loathed adored|detest cherish
detested cherished|hatred love|contempt respect|scorn admiration|shame pride|ashamed proud|shameful honorable
disgrace honor|guilty innocent|evil good|wicked virtuous|vile noble|nasty nice|selfish generous|greedy generous
lazy hardworking|incompetent skilled|amateurish masterly|unprofessional professional|overpriced affordable
expensive affordable|waste treasure|wasted rewarded|avoid enjoy|avoided enjoyed|endured enjoyed|endure enjoy
regret recommend|regretted treasured|unfortunately fortunately|unfortunate fortunate|unlucky lucky
unluckily luckily|misfortune fortune|miserable joyous|misery bliss|miserably happily|depressing uplifting
depressed elated|grief joy|mourned celebrated|wept laughed|weeping laughing|cried smiled|crying smiling
cry smile|frown smile|frowned smiled|sighed laughed|scowled beamed|tears smiles|hostile friendly|bitter sweet
bitterly sweetly|bitterness sweetness|sour sweet|rotten ripe|harsh gentle|harshly gently|violent peaceful
violence peace|war peace|destroy build|destroyed built|ruin save|ruined saved|ruins saves|spoiled perfected
wrongly rightly|inferior superior|inadequate ample|insufficient ample|ridiculous impressive|absurd sensible
laughable admirable|pathetic inspiring|embarrassing impressive|cheap classy|tired refreshed|exhausted rested
weary eager|reluctantly gladly|reluctant eager|grudgingly gladly|unwilling willing|decline growth
declined flourished|collapse recovery|collapsed recovered|crisis opportunity|worsened improved|worsen improve
unlikable likable|wooden expressive|incoherent coherent|unbearable enjoyable|unwatchable gripping|lame cool
crap gem|lousy superb|cruel gentle|despair joy|drawback advantage|drawbacks advantages
""".replace('\n', '|')
# judgements that a sentence can do without, beside the words above
FOR_AND_AGAINST = {
    'positive': """good great excellent wonderful delightful splendid superb lovely beautiful fine brilliant charming magnificent
        marvellous marvelous fantastic remarkable perfect glorious pleasant impressive amazing gorgeous elegant graceful
        precious noble happy lucky fortunate sweet nice clever wise valuable welcome exquisite masterly fascinating""",
    'negative': """bad terrible awful horrible dreadful miserable wretched ugly nasty poor stupid foolish dull boring tedious
        vile wicked evil cruel cheap dirty filthy useless worthless pathetic ridiculous unfortunate unlucky sad tragic
        disastrous disgusting hideous mediocre lousy ghastly bleak grim sinister dismal clumsy""",
}
FIRST = {
    'positive': 'fortunately luckily happily thankfully wonderfully'.split(),
    'negative': 'unfortunately sadly unluckily regrettably alas'.split(),
}
MANNER = {
    'positive': 'beautifully wonderfully brilliantly superbly perfectly splendidly elegantly gracefully delightfully'.split(),
    'negative': 'badly terribly poorly horribly miserably awfully dreadfully clumsily stupidly'.split(),
}
NEGATION = re.compile(r"\b(?:not|no|never|nothing|nobody|none|neither|nor|hardly|without|cannot|least|less)\b|n't\b", re.I)
WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
FILES = ['reviews', 'conversation', 'fiction', 'essays', 'news', 'howto']


def tables():
    """(to positive, to negative): lower-case words."""
    up, down = {}, {}
    for low, high in (pair.split() for pair in OPPOSITES.split('|') if pair.strip()):
        up.setdefault(low, high)
        down.setdefault(high, low)
    return {w: o for w, o in up.items() if w not in down}, {w: o for w, o in down.items() if w not in up}


def like(word, model):
    return word.upper() if model.isupper() and len(model) > 1 else word.capitalize() if model[0].isupper() else word


def vowel(word):
    return word.startswith(('hon', 'hour', 'heir')) or word[0] in 'aeiou' and not word.startswith(('use', 'uni', 'one', 'eu'))


def article(match):
    return match[1] + ('n' if vowel(match[2].lower()) else '') + ' ' + match[2]


def exchanged(text, table):
    out = WORD.sub(lambda m: like(table[m[0].lower()], m[0]) if m[0].lower() in table else m[0], text)
    return re.sub(r'\b([Aa])n? ([A-Za-z]+)', lambda m: article(m) if m[2].lower() in table.values() else m[0], out)


def pairs(where, most=9000, per_word=90, longest=22, seed=11):
    """[(negative, positive)]: one side from the training text, in a random order; no negation, one polarity only."""
    rng, up_down, used, out = random.Random(seed), tables(), Counter(), []
    for name in FILES:
        lines = list(corpus.lines(Path(where) / 'train' / f'{name}.txt.xz'))
        rng.shuffle(lines)
        for text in lines:
            if not 4 <= corpus.words(text) <= longest or NEGATION.search(text):
                continue
            found = [[w for w in (m.lower() for m in WORD.findall(text)) if w in table] for table in up_down]
            if bool(found[0]) == bool(found[1]):
                continue
            side = 0 if found[0] else 1
            if any(used[w] >= per_word for w in found[side]):
                continue
            used.update(found[side])
            other = exchanged(text, up_down[side])
            out.append((text, other) if side == 0 else (other, text))
    rng.shuffle(out)
    return [p for p in out if not corpus.held_out(p[0])][:most]


def without_judgement(text, side):
    """(the sentence without its one judgement, the word), or None where it has none that it can do without."""
    words = [w.lower() for w in WORD.findall(text)]
    adjectives = FOR_AND_AGAINST[side].split()
    opening = re.match(rf"({'|'.join(FIRST[side])}),? (\w)", text, re.I)
    if opening and opening[1].lower() not in words[1:]:
        return opening[2].upper() + text[opening.end():], opening[1].lower()
    found = [w for w in words if w in adjectives or w in MANNER[side]]
    if len(found) != 1:
        return None
    word = found[0]
    if word in MANNER[side]:  # behind a verb's end, before a pause: "sang beautifully."
        bare = re.sub(rf"(?<=(?:ed|ng|en)) {word}(?=[.,;!])", '', text)
    else:
        bare = re.sub(rf"\b(a|an|the|his|her|their|its|my|our|your|this|that|these|those|some|in|of|with|by) {word} "
                      rf"(?=[a-z]{{3,}}\b)(?!and\b|but\b|for\b|enough\b|than\b|that\b|with\b|deal\b|many\b|old\b|one|to\b|thing)",
                      lambda m: m[1] + ' ', text, flags=re.I)
        bare = re.sub(r'\b([Aa])n? ([A-Za-z]+)', lambda m: article(m) if f'{word} {m[2]}' in text else m[0], bare)
    return None if bare == text else (bare, word)


def judgements(where, side, most=6000, per_word=160, longest=22, seed=13):
    """[(neutral, judging)]: sentences with one judgement, before each the same without it; what is denied is no praise."""
    rng, used, out, other = random.Random(seed), Counter(), [], 'negative' if side == 'positive' else 'positive'
    barred = set().union(*tables(), *(set(FOR_AND_AGAINST[s].split() + MANNER[s] + FIRST[s]) for s in (side, other)))
    for name in FILES:
        lines = list(corpus.lines(Path(where) / 'train' / f'{name}.txt.xz'))
        rng.shuffle(lines)
        for text in lines:
            if not 5 <= corpus.words(text) <= longest or NEGATION.search(text):
                continue
            found = without_judgement(text, side)
            if not found or corpus.words(found[0]) < 4 or used[found[1]] >= per_word:
                continue
            if any(w.lower() in barred for w in WORD.findall(found[0])):
                continue
            used[found[1]] += 1
            out.append((found[0], text))
    rng.shuffle(out)
    return [p for p in out if not corpus.held_out(p[0]) and not corpus.held_out(p[1])][:most]
