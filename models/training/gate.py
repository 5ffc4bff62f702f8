"""The held-out lines that the shipped inverter is measured on, and the command for each file.

    python gate.py --corpus DIR --out DIR [--weights DIR] | sh       two beside each other: | xargs -P 2 -I{} sh -c '{}'

Writes f_<feature>.txt (labelled texts of the low pole), p_<kind>.tsv (a text, a tab, its real rewrite), invert.txt,
blend.tsv, rewrites.tsv and corpus.txt into --out, and prints a line of shell for each evaluation, to be run in the
repository's root; afterwards `npx tsx tests/eval/calibrate.ts OUT/*.json` puts the figures into the card.
"""
import argparse
import hashlib
import json
import random
import re
from pathlib import Path

import corpus as texts
import feature_catalogue
from feature_data import Corpus
from features import test_texts

# kinds with a reference rewrite, and lines of each
REWRITES = {'negation': 100, 'tense': 100, 'question': 100, 'person': 100, 'gender': 100}
# features without one: lines, and the amounts in natural steps
PULLS = {'sentiment': (160, (1, 2, 3)), 'formality': (90, (1,)), 'certainty': (50, (1,)), 'future': (50, (1,)),
         'instruction': (50, (1,)), 'number': (50, (1,)), 'obligation': (50, (1,))}
REAL = ('paraphrase', 'simplification', 'contraction')


def low_pole(corpus, feature):
    """Held-out texts of 4-20 words labelled low, in an order that their hashes fix."""
    low, _ = test_texts(feature.build(corpus))
    fits = [t for t in low if 4 <= len(t.split()) <= 20]
    return sorted(fits, key=lambda t: hashlib.md5(t.encode()).hexdigest())


def neighbours(folder, count):
    """The first two sentences, of 5-18 words, of held-out passages."""
    passages = (Path(folder) / 'heldout' / 'passages.txt').read_text(encoding='utf-8').split('\n')
    found = []
    for passage in passages:
        sentences = re.split(r'(?<=[.!?]) +', passage.strip())
        if len(sentences) > 1 and all(5 <= len(s.split()) <= 18 for s in sentences[:2]):
            found.append('\t'.join(sentences[:2]))
    random.Random(3).shuffle(found)
    return found[:count]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--corpus', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--weights', default=None, help='folder with an inverter (and a lens) other than the shipped ones')
    options = parser.parse_args()
    out = Path(options.out).resolve()
    out.mkdir(parents=True, exist_ok=True)

    def measure(name, lines, arguments, of='txt'):
        (out / f'{name}.{of}').write_text('\n'.join(lines) + '\n', encoding='utf-8')
        ask(name, f'{name}.{of}', arguments)

    def ask(name, file, arguments):
        weights = f' --weights {Path(options.weights).resolve()}' if options.weights else ''
        print(f'npm run -s eval -- inverter --input {out / file} --json {out / name}.json '
              f'{arguments} --corpus {out}/corpus.txt{weights}')

    (out / 'corpus.txt').write_text('\n'.join(texts.heldout_sentences(options.corpus, 1100)[300:]), encoding='utf-8')
    card = json.loads((Path(__file__).resolve().parents[1] / 'features' / 'card.json').read_text(encoding='utf-8'))
    steps = {feature['id']: feature['naturalStep'] for feature in card['features']}
    corpus = Corpus(Path(options.corpus))
    measure('invert', texts.heldout_sentences(options.corpus, 60), '--mode invert')
    ask('invert-budget', 'invert.txt', '--mode invert --budget 2200')
    measure('greedy', texts.heldout_sentences(options.corpus, 90), '--mode greedy')
    measure('blend', neighbours(options.corpus, 40), '--mode blend --alpha 0.5', 'tsv')
    for feature in feature_catalogue.FEATURES:
        if feature.id in PULLS:
            count, amounts = PULLS[feature.id]
            low = low_pole(corpus, feature)
            measure(f'f_{feature.id}', low[:count], f'--mode edit --feature {feature.id}')
            for amount in amounts[1:]:
                ask(f'f_{feature.id}_{amount}', f'f_{feature.id}.txt',
                    f'--mode edit --feature {feature.id} --sigma {amount * steps[feature.id]:.3f}')
            if feature.id in ('sentiment', 'formality'):
                measure(f'slider_{feature.id}', low[:12], f'--mode slider --feature {feature.id}')
    for kind, count in REWRITES.items():
        pairs = [f'{a}\t{b}' for a, b in texts.heldout_pairs(options.corpus, kind, count)]
        measure(f'p_{kind}', pairs, f'--mode edit --feature {kind}', 'tsv')
    measure('slider_tense', (p[0] for p in texts.heldout_pairs(options.corpus, 'tense', 12)), '--mode slider --feature tense')
    real = [f'{a}\t{b}' for kind in REAL for a, b in texts.heldout_pairs(options.corpus, kind, 20)]
    measure('rewrites', real, '--mode edit', 'tsv')


if __name__ == '__main__':
    main()
