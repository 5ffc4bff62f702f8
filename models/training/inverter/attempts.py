"""What the inverter learns to correct: its own attempts at sentences, and sentences spoilt on purpose.

    python -m inverter.attempts --cache DIR --run DIR [--own 8000] [--spoilt 30000]
    python -m inverter.attempts --cache DIR --shipped ../inverter        attempts of the exported int8 model

Both become pairs (wrong text, sentence) of the kinds `attempt` and `spoilt` in the cache. Spoilt ones are splices with
another sentence, left-out words, exchanged words, halves in the wrong order: what a blend or a search leaves to polish.
"""
import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import corpus  # noqa: E402
import language_model as lm  # noqa: E402
from . import prompt  # noqa: E402
from .model import Inverter  # noqa: E402

BATCH = 96


def own(options, texts, vectors, chosen, fold):
    """[(attempt, sentence)]: greedy inversions, hinted by the lens that has not seen the sentence."""
    model = Inverter().to(options.device).eval()
    if options.shipped:
        from .export import shipped_weights
        model.load_state_dict(shipped_weights(Path(options.shipped) / 'model.onnx'))
    else:
        model.load_state_dict(torch.load(Path(options.run) / 'model.pt', map_location=options.device)['model'])
    lm.linear.fast = options.device == 'cpu'
    tokenizer, out, started = lm.tokenizer(options.cache), [], time.time()
    lenses = [prompt.lens_of(options.cache, n) for n in ('0', '1')]
    rng = np.random.default_rng(5)
    for part in (0, 1):
        mine = sorted((i for i in chosen if fold[i] == part), key=lambda i: len(texts[i]))
        for at in range(0, len(mine), BATCH):
            rows = mine[at:at + BATCH]
            targets = torch.from_numpy(vectors[rows])
            ids, hints = prompt.prefix(lenses[1 - part], targets, None)
            lengths = torch.tensor([float(corpus.words(texts[i])) * (rng.random() < 0.5) for i in rows])
            move = prompt.move_vectors(targets, torch.zeros_like(targets), lengths)
            written = model.greedy(torch.zeros(len(rows), 0, dtype=torch.long), ids, hints, move, 40)
            out += [(tokenizer.decode(w).strip(), texts[i]) for w, i in zip(written, rows) if w]
            if at // BATCH % 10 == 0:
                print(f'  {len(out)} attempts, {len(out) / (time.time() - started):.1f} a second', flush=True)
    return out


def spoil(text, other, rng):
    """A wrong text made from a sentence; of one that is spoilt once at least a third is kept."""
    words, strange = text.split(), other.split()
    for _ in range(1 if rng.random() < 0.7 else 2):
        how, at = rng.random(), rng.randrange(1, len(words))
        if how < 0.3:  # its beginning, another's end; or the other way round
            cut = rng.randrange(1, len(strange)) if len(strange) > 1 else 0
            words = words[:max(at, len(words) // 3)] + strange[cut:] if rng.random() < 0.5 \
                else strange[:cut] + words[min(at, 2 * len(words) // 3):]
        elif how < 0.6:
            gone = set(rng.sample(range(len(words)), max(1, len(words) * rng.randrange(1, 4) // 10)))
            words = [w for i, w in enumerate(words) if i not in gone]
        elif how < 0.85:
            for i in rng.sample(range(len(words)), max(1, len(words) * rng.randrange(1, 4) // 10)):
                words[i] = rng.choice(strange)
        else:
            words = words[at:] + words[:at]
        if len(words) < 3:
            break
    return ' '.join(words[:32])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default=corpus.CACHE)
    parser.add_argument('--run', default=None)
    parser.add_argument('--shipped', default=None, help='folder of an exported inverter, in place of a run')
    parser.add_argument('--own', type=int, default=8000)
    parser.add_argument('--spoilt', type=int, default=30_000)
    parser.add_argument('--device', default='cuda' if torch.cuda.is_available() else 'cpu')
    options = parser.parse_args()
    options.run = options.run or Path(options.cache) / 'run'
    texts, sentences, _, vectors = corpus.load(options.cache)
    rng = random.Random(17)
    good = [i for i in sentences if 4 <= corpus.words(texts[i]) <= 20]
    rng.shuffle(good)
    found = []
    if options.spoilt:
        some = good[:options.spoilt]
        found += [('spoilt', spoil(texts[i], texts[j], rng), texts[i]) for i, j in zip(some, some[1:] + some[:1])]
    if options.own:
        fold = np.load(Path(options.cache) / 'lens.npz')['fold']
        with torch.no_grad():
            pairs = own(options, texts, vectors, good[-options.own:], fold)
        found += [('attempt', a, b) for a, b in pairs]
        print(f'{sum(a == b for a, b in pairs)} of {len(pairs)} attempts are the sentence itself', flush=True)
    corpus.append(options.cache, [p for p in found if p[1] and p[1] != p[2]], corpus.load_encoder(options.device))


if __name__ == '__main__':
    main()
