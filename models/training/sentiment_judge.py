"""A second judge of sentiment: the uncut SmolLM2-135M, fine-tuned to tell praise from blame. It sees words, no vector.

    python sentiment_judge.py train --corpus DIR [--cache DIR] [--minutes 10]
    python sentiment_judge.py judge [--cache DIR] FILE...

The word n-grams of judges.json cannot judge rewrites of one word: of held-out sentences that people turned over by hand
they put 40 % on the other side. `train` writes sentiment_judge.pt into the cache and says how often this judge is
right about held-out sentences and follows those rewrites. `judge` takes what `npm run eval -- inverter` wrote along
sentiment: each item gets `read` (log-odds of the source and of what was chosen), `right` by these, and the summary
`readerFlips` of `readerJudged`, with what the judge is worth beside it (`readerFlipsOfPeople`).
"""
import argparse
import json
import math
import random
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import language_model as lm
from corpus import CACHE
from feature_data import Corpus, split_pairs, split_texts

SURE = math.log(4)  # as tests/eval/landings.ts: at least 80 %
BATCH, RATE = 32, 5e-5
PAIRS = 'counterfactual_sentiment_neg_pos'


class Judge(nn.Module):
    """Log-odds of praise, read off the last token."""
    def __init__(self):
        super().__init__()
        self.lm = lm.cut_model(range(49_152), range(30))
        self.head = nn.Linear(lm.HIDDEN, 1)

    def forward(self, ids, ends):
        hidden, _ = self.lm(self.lm.embed[ids])
        return self.head(hidden[torch.arange(len(ids)), ends]).squeeze(-1)


def batch_of(tokenizer, texts):
    """(ids [B, T], the place of each text's last token)."""
    rows = [e.ids[:96] for e in tokenizer.encode_batch([f'\n{t.strip()}\n' for t in texts])]
    ids = torch.zeros(len(rows), -(-max(map(len, rows)) // 4) * 4, dtype=torch.long)
    for n, row in enumerate(rows):
        ids[n, :len(row)] = torch.tensor(row)
    return ids, torch.tensor([len(r) - 1 for r in rows])


@torch.no_grad()
def scores(judge, tokenizer, texts):
    order, out = sorted(range(len(texts)), key=lambda i: len(texts[i])), np.zeros(len(texts))
    for at in range(0, len(order), 64):
        rows = order[at:at + 64]
        out[rows] = judge(*batch_of(tokenizer, [texts[i] for i in rows])).numpy()
    return out


def texts_of(corpus):
    """((text, praise) to learn from, held-out (low, high) texts of films, held-out pairs by people)."""
    rows = corpus.table('probes', 'sentiment')
    side = {(l, k): [r[0] for r in rows if r[1] == l and r[2] == k and len(r[0].split()) <= 40]
            for l in ('negative', 'positive') for k in ('movie', 'product')}
    learnt, held = [], []
    for label, praise in (('negative', 0), ('positive', 1)):
        mine, test = split_texts(side[label, 'movie'])  # the same split as the feature's, so that no held-out line is learnt
        held.append(test)
        learnt += [(t, praise) for t in mine + side[label, 'product']]
    pairs, test_pairs = split_pairs(corpus.pairs(PAIRS))
    learnt += [(t, praise) for pair in pairs for praise, t in enumerate(pair)]
    random.Random(1).shuffle(learnt)
    return learnt, held, test_pairs


def worth(judge, tokenizer, held, pairs):
    """How good the judge is: on held-out sentences, and on rewrites by people."""
    low, high = (scores(judge, tokenizer, [t for t in texts if 4 <= len(t.split()) <= 20][:400]) for texts in held)
    before, after = (scores(judge, tokenizer, [p[i] for p in pairs[:500]]) for i in (0, 1))
    sure = before <= -SURE
    return {'accuracy': float(((low < 0).mean() + (high > 0).mean()) / 2), 'texts': len(low) + len(high),
            'flipsOfPeople': float((after[sure] > 0).mean()), 'pairsJudged': int(sure.sum())}


def train(options):
    corpus, tokenizer = Corpus(Path(options.corpus)), tokenizer_of()
    learnt, held, pairs = texts_of(corpus)
    print(f'{len(learnt)} texts, {Counter(p for _, p in learnt)}', flush=True)
    torch.manual_seed(1)
    lm.linear.fast = True
    judge = Judge()
    adam = torch.optim.AdamW([{'params': judge.lm.parameters(), 'lr': RATE}, {'params': judge.head.parameters(), 'lr': 20 * RATE}],
                             weight_decay=0.01, fused=True)
    base, started, step, at, recent = [g['lr'] for g in adam.param_groups], time.time(), 0, 0, []
    rng = random.Random(2)
    waiting = []
    while (done := (time.time() - started) / 60 / options.minutes) < 1:
        if not waiting:
            pool = sorted((learnt[(at + i) % len(learnt)] for i in range(8 * BATCH)), key=lambda one: len(one[0]))
            at += 8 * BATCH
            waiting = [pool[i:i + BATCH] for i in range(0, len(pool), BATCH)]
            rng.shuffle(waiting)
        rows = waiting.pop()
        factor = min(1, (step + 1) / 30) * (1 - done)
        for group, rate in zip(adam.param_groups, base):
            group['lr'] = rate * factor
        loss = F.binary_cross_entropy_with_logits(judge(*batch_of(tokenizer, [t for t, _ in rows])),
                                                  torch.tensor([float(p) for _, p in rows]))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
        adam.step()
        adam.zero_grad()
        step += 1
        recent.append(loss.item())
        if step % 40 == 0:
            print(f'{step * BATCH} examples, {step * BATCH / (time.time() - started):.0f} a second, loss {np.mean(recent[-40:]):.3f}', flush=True)
    lm.linear.fast = False
    figures = worth(judge, tokenizer, held, pairs) | {'examples': step * BATCH}
    print(json.dumps(figures))
    torch.save({'model': judge.state_dict(), 'figures': figures}, Path(options.cache) / 'sentiment_judge.pt')


def tokenizer_of():
    from tokenizers import Tokenizer
    return Tokenizer.from_str(json.dumps(lm.original_tokenizer()))


def token_f1(a, b):
    """As tests/eval/bleu.ts."""
    x, y = (Counter(t.lower().split()) for t in (a, b))
    common = sum((x & y).values())
    return 2 * common / max(1, sum(x.values()) + sum(y.values()))


def judge_files(options):
    saved = torch.load(Path(options.cache) / 'sentiment_judge.pt')
    judge, tokenizer = Judge(), tokenizer_of()
    judge.load_state_dict(saved['model'])
    for path in map(Path, options.files):
        written = json.loads(path.read_text(encoding='utf-8'))
        items = [i for i in written['items'] if i.get('feature') == 'sentiment' and i['chosen']]
        sources, chosen = (scores(judge, tokenizer, [i[k] for i in items]) for k in ('source', 'chosen'))
        turned = []
        for item, before, after in zip(items, sources, chosen):
            way = np.sign(item['sigma'])
            item['read'] = [round(float(before), 3), round(float(after), 3)]
            item['right'] = None
            if way * before <= -SURE:
                turned.append(bool(way * after > 0))
                item['right'] = turned[-1] and token_f1(item['chosen'], item['source']) >= 0.5
        right = [i['right'] for i in items if i['right'] is not None]
        written['summary'] |= {'readerJudged': len(turned), 'readerFlips': float(np.mean(turned)), 'right': float(np.mean(right)),
                               'readerFlipsOfPeople': saved['figures']['flipsOfPeople'],
                               'readerAccuracy': saved['figures']['accuracy']}
        path.write_text(json.dumps(written, indent=1, ensure_ascii=False), encoding='utf-8')
        print(path.name, {k: v for k, v in written['summary'].items() if k.startswith('reader') or k in ('judged', 'flips')})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('command', choices=['train', 'judge'])
    parser.add_argument('files', nargs='*')
    parser.add_argument('--corpus')
    parser.add_argument('--cache', default=CACHE)
    parser.add_argument('--minutes', type=float, default=10)
    options = parser.parse_intermixed_args()
    train(options) if options.command == 'train' else judge_files(options)


if __name__ == '__main__':
    main()
