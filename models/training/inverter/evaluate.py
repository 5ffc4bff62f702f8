"""Measures the inverter on held-out sentences and pairs: greedy, one try, no re-ranking and no correction.

    python -m inverter.evaluate --cache DIR --corpus DIR [--count 60] [--kinds negation,tense] [--show 3]

A pull asks for one natural step along a kind's direction (mean difference of training pairs; the median of their
projections is the natural step): t = c d + sqrt(1 - c^2) r/|r|. Achieved / asked is the share of that step which the
new text, embedded again, has made along d.
"""
import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import corpus  # noqa: E402
import language_model  # noqa: E402
from . import prompt  # noqa: E402
from .mix import unit  # noqa: E402
from .model import Inverter  # noqa: E402
from .prompt import lens_of  # noqa: E402

PULLS = {'negation': 1, 'tense': 1, 'question': 1, 'person': 1, 'gender': 1, 'contraction': 1, 'sentiment': 1}


def load(cache, run, thin=False):
    model = Inverter(layers=2, feed=64) if thin else Inverter()
    saved = torch.load(Path(run) / 'model.pt', map_location='cpu')
    model.load_state_dict(saved['model'])
    return model.eval(), saved['examples']


def token_f1(a, b):
    one, two = Counter(a.lower().split()), Counter(b.lower().split())
    common = sum((one & two).values())
    return 2 * common / (sum(one.values()) + sum(two.values())) if common else 0.0


@torch.no_grad()
def generate(model, lens, tokenizer, targets, sources=None, texts=None, lengths=None):
    """Greedy texts for targets [n, 384]; with sources [n, 384] and their texts: edits."""
    n = len(targets)
    targets = torch.from_numpy(np.asarray(targets, np.float32))
    from_ = torch.from_numpy(np.asarray(sources, np.float32)) if texts else torch.zeros(n, 384)
    told = torch.zeros(n) if lengths is None else torch.tensor(lengths, dtype=torch.float32)
    move = prompt.move_vectors(targets, from_, told)
    ids, hints = prompt.prefix(lens, targets, from_ if texts else None)
    before = [tokenizer.encode(t).ids + [language_model.SEPARATOR] for t in texts] if texts else [[]] * n
    groups = {}
    for i, tokens in enumerate(before):
        groups.setdefault(len(tokens), []).append(i)
    out = [''] * n
    for rows in groups.values():
        for at in range(0, len(rows), 32):
            part = rows[at:at + 32]
            source = torch.tensor([before[i] for i in part], dtype=torch.long).view(len(part), -1)
            for i, tokens in zip(part, model.greedy(source, ids[part], hints[part], move[part])):
                out[i] = tokenizer.decode(tokens)
    return out


def along(e, d, step):
    c = np.clip(e @ d + step, -0.95, 0.95)[:, None]
    rest = e - (e @ d)[:, None] * d
    return c * d + np.sqrt(1 - c * c) * unit(rest)


def inversion(setup, sentences, show):
    model, lens, tokenizer, encoder = setup
    import sacrebleu
    vectors = corpus.embed(sentences, encoder)
    texts = generate(model, lens, tokenizer, vectors)
    reached = corpus.embed(texts, encoder)
    for a, b in list(zip(sentences, texts))[:show]:
        print(f'   {a}\n-> {b}')
    return {'count': len(sentences), 'cosine': float(np.mean((vectors * reached).sum(1))),
            'tokenF1': float(np.mean([token_f1(a, b) for a, b in zip(sentences, texts)])),
            'bleu': sacrebleu.corpus_bleu(texts, [sentences]).score}


def correction(setup, sentences, rounds=1):
    """Inversion, then its own text as the source of an edit towards the same target; kept where the cosine grows."""
    model, lens, tokenizer, encoder = setup
    import sacrebleu
    vectors = corpus.embed(sentences, encoder)
    texts = generate(model, lens, tokenizer, vectors)
    for _ in range(rounds):
        now = corpus.embed(texts, encoder)
        better = generate(model, lens, tokenizer, vectors, now, texts)
        then = corpus.embed(better, encoder)
        texts = [b if (v * t).sum() > (v * n).sum() else a
                 for a, b, v, n, t in zip(texts, better, vectors, now, then)]
    reached = corpus.embed(texts, encoder)
    return {'count': len(sentences), 'cosine': float(np.mean((vectors * reached).sum(1))),
            'tokenF1': float(np.mean([token_f1(a, b) for a, b in zip(sentences, texts)])),
            'bleu': sacrebleu.corpus_bleu(texts, [sentences]).score}


def pull(setup, pairs, d, step, show, strength=1.0):
    model, lens, tokenizer, encoder = setup
    a, b = [p[0] for p in pairs], [p[1] for p in pairs]
    e = corpus.embed(a, encoder)
    targets = along(e, d, strength * step)
    texts = generate(model, lens, tokenizer, targets, e, a)
    reached = corpus.embed(texts, encoder)
    made = ((reached - e) @ d) / (strength * step)
    for x, y in list(zip(a, texts))[:show]:
        print(f'   {x}\n-> {y}')
    return {'count': len(pairs), 'strength': strength, 'achieved': float(np.median(made)),
            'atLeastHalf': float(np.mean(made >= 0.5)),
            'unchanged': float(np.mean([x == y for x, y in zip(a, texts)])),
            'exact': float(np.mean([x == y for x, y in zip(b, texts)])),
            'keptRest': float(np.mean((unit(reached - (reached @ d)[:, None] * d) *
                                       unit(e - (e @ d)[:, None] * d)).sum(1)))}


def towards(setup, pairs, show):
    """Edits whose target is the embedding of the real rewrite."""
    model, lens, tokenizer, encoder = setup
    a, b = [p[0] for p in pairs], [p[1] for p in pairs]
    ea, eb = corpus.embed(a, encoder), corpus.embed(b, encoder)
    texts = generate(model, lens, tokenizer, eb, ea, a)
    reached = corpus.embed(texts, encoder)
    for x, y, z in list(zip(a, b, texts))[:show]:
        print(f'   {x}\n=> {y}\n-> {z}')
    nearer = (reached * eb).sum(1) > (ea * eb).sum(1) + 1e-6
    return {'count': len(pairs), 'nearer': float(np.mean(nearer)),
            'cosine': float(np.mean((reached * eb).sum(1))), 'copyCosine': float(np.mean((ea * eb).sum(1))),
            'exact': float(np.mean([x == y for x, y in zip(b, texts)])),
            'unchanged': float(np.mean([x == y for x, y in zip(a, texts)]))}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default=corpus.CACHE)
    parser.add_argument('--corpus', required=True)
    parser.add_argument('--run', default=None)
    parser.add_argument('--count', type=int, default=60)
    parser.add_argument('--kinds', default=','.join(PULLS))
    parser.add_argument('--show', type=int, default=2)
    parser.add_argument('--strong', action='store_true', help='also 1.5 natural steps')
    parser.add_argument('--no-invert', action='store_true')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--tiny', action='store_true')
    parser.add_argument('--out', default=None)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    language_model.linear.fast = False
    model, examples = load(options.cache, options.run or Path(options.cache) / 'run', options.tiny)
    tokenizer, encoder = language_model.tokenizer(options.cache), corpus.load_encoder()
    setup = (model, lens_of(options.cache, 'all'), tokenizer, encoder)
    started, result = time.time(), {'examples': examples}

    def note(name, figures):
        result[name] = {k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}
        print(name, result[name], f'{time.time() - started:.0f} s', flush=True)
        if options.out:
            Path(options.out).write_text(json.dumps(result, indent=1) + '\n')

    _, _, known, vectors = corpus.load(options.cache)
    for kind in filter(None, options.kinds.split(',')):
        mine = np.array([(x, y) for k, x, y in known if k == kind])
        difference = vectors[mine[:, 1]] - vectors[mine[:, 0]]
        d = unit(difference.mean(0))
        step = float(np.median(difference @ d))
        pairs = corpus.heldout_pairs(options.corpus, kind, options.count)
        if kind in PULLS:
            note(f'pull {kind}', pull(setup, pairs, d, step, options.show))
            if options.strong:
                note(f'pull {kind} x1.5', pull(setup, pairs, d, step, 0, 1.5))
        note(f'towards {kind}', towards(setup, pairs[:options.count // 2], 0))
    if not options.no_invert:
        sentences = corpus.heldout_sentences(options.corpus, options.count)
        note('invert', inversion(setup, sentences, options.show * 3))
        note('invert, one correction', correction(setup, sentences[:options.count // 2]))


if __name__ == '__main__':
    main()
