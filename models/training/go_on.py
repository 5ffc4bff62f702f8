"""Trains the shipped inverter on, in one command, from wherever a run stands: what a step has left behind is kept.

    python go_on.py --corpus DIR --minutes 90 [--cache DIR] [--until HH:MM]

Corpus and embeddings, the lenses of two folds, pairs made by rule, the model's own attempts at sentences, training.
Stopped at any minute it goes on from there when it is called again; the first call starts from ../inverter. At the end
it says how the result is exported.
"""
import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

import corpus

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / 'inverter'


def kinds(cache):
    return {kind for kind, _, _ in json.loads((cache / 'index.json').read_text())['pairs']}


def has_lenses(cache):
    return (cache / 'lens.npz').exists() and 'biasall' in np.load(cache / 'lens.npz').files


def steps(options):
    """(name, whether it is done, command without `python`) in order; the last, training, is never done."""
    cache, run = Path(options.cache), Path(options.run)
    there = ['--cache', str(cache)]
    texts = ['--corpus', options.corpus]
    begin = ['--resume'] if (run / 'model.pt').exists() else ['--shipped', str(SHIPPED)]
    until = ['--until', options.until] if options.until else []
    yield 'corpus and embeddings', (cache / 'vectors.npy').exists(), \
        ['corpus.py', 'prepare', *texts, *there, '--sentences', str(options.sentences), '--device', options.device]
    if not (cache / 'tokenizer.json').exists():
        shutil.copy(SHIPPED / 'tokenizer.json', cache)
    yield 'lenses', has_lenses(cache), ['lens.py', 'train', *texts, *there, '--epochs', '4']
    yield 'pairs made by rule', 'praise' in kinds(cache), ['corpus.py', 'add-rules', *texts, *there]
    yield 'wrong texts', 'spoilt' in kinds(cache), \
        ['-m', 'inverter.attempts', *there, '--run', str(run), '--own', str(options.own), '--device', options.device,
         *([] if begin == ['--resume'] else begin)]
    yield 'training', False, \
        ['-m', 'inverter.train', *there, '--run', str(run), '--minutes', str(options.minutes), '--device', options.device,
         '--batch', str(options.batch), '--rate', str(options.rate), *begin, *until]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--corpus', required=True)
    parser.add_argument('--cache', default=corpus.CACHE)
    parser.add_argument('--run', default=None, help='folder of checkpoints and log (default CACHE/run)')
    parser.add_argument('--minutes', type=float, default=90, help='of training')
    parser.add_argument('--until', default=None, help='HH:MM UTC at which training is through')
    parser.add_argument('--sentences', type=int, default=300_000)
    parser.add_argument('--own', type=int, default=8000, help="of the model's own attempts")
    parser.add_argument('--batch', type=int, default=24, help='256 on a GPU')
    parser.add_argument('--rate', type=float, default=2.7e-4, help='less than from the start: it goes on')
    parser.add_argument('--device', default='cuda' if torch.cuda.is_available() else 'cpu')
    options = parser.parse_args()
    for name in ('corpus', 'cache'):
        setattr(options, name, str(Path(getattr(options, name)).resolve()))
    options.run = str(Path(options.run or Path(options.cache) / 'run').resolve())
    for name, done, command in steps(options):
        print(f'{name}: {"there" if done else " ".join(command)}', flush=True)
        if not done:
            subprocess.run([sys.executable, *command], cwd=HERE, check=True)
    print(f'Measure: python -m inverter.evaluate --cache {options.cache} --run {options.run} --corpus {options.corpus}\n'
          f'Ship: python -m inverter.export --cache {options.cache} --run {options.run} --corpus {options.corpus}')


if __name__ == '__main__':
    main()
