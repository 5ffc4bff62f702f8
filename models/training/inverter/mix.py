"""What is shown in training, in what proportion: inversions, edits of real pairs, identities, dropped conditioning."""
import numpy as np
import torch

from language_model import END, PAD, SEPARATOR, START
from . import prompt

LONGEST = 48
USUAL = 18  # tokens; the chance of a longer answer falls with its length
SHARES = {'invert': 0.42, 'correct': 0.17, 'edit': 0.31, 'fusion': 0.02, 'neighbour': 0.02, 'identity': 0.05, 'dropped': 0.01}
# wrong texts (attempts.py) and the share of corrections that start from each
WRONG = {'attempt': 0.45, 'spoilt': 0.55}
# weight among the edits, and the share of them shown as a pull along the kind's direction alone
PAIRS = {
    'negation': (14, 0.6), 'tense': (14, 0.6), 'question': (14, 0.6), 'person': (10, 0.6), 'gender': (10, 0.6),
    'contraction': (4, 0.4), 'sentiment': (8, 0.6), 'praise': (26, 0.7), 'acclaim': (8, 0.8), 'blame': (8, 0.8), 'simplification': (2, 0.3), 'paraphrase': (4, 0.0),
    'entailment': (2, 0.0), 'fluency': (2, 0.3), 'certainty': (3, 0.5), 'emphasis': (2, 0.5), 'generality': (2, 0.5),
    'instruction': (3, 0.5), 'obligation': (3, 0.5), 'future': (4, 0.6), 'number': (4, 0.6), 'voice': (2, 0.4),
}

# kinds whose feature has another name
FEATURE_OF = {'contraction': 'formality', 'praise': 'sentiment', 'acclaim': 'sentiment', 'blame': 'sentiment'}
# shown from the first to the second only: back, a judgement would be taken away where its opposite is asked for
ONE_WAY = {'acclaim', 'blame'}


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)


class Mix:
    """Draws examples; everything it needs is in memory (texts' tokens, vectors, lenses of the two folds)."""
    def __init__(self, texts, sentences, pairs, vectors, lenses, fold, tokenizer, seed, features=None):
        self.rng = np.random.default_rng(seed)
        self.tokens = [e.ids for e in tokenizer.encode_batch(texts)]
        self.words = np.array([len(t.split()) for t in texts])
        self.vectors, self.lenses, self.fold = vectors, lenses, fold
        fits = lambda i: len(self.tokens[i]) <= LONGEST
        self.sentences = np.array([i for i in sentences if fits(i)])
        rows = {k: [] for k in [*PAIRS, *WRONG, 'fusion']}
        for kind, a, b in pairs:
            if fits(a) and fits(b):
                rows[kind].append((a, b))
        whole = {}
        for half, sentence in rows.pop('fusion'):
            whole.setdefault(sentence, []).append(half)
        self.fusions = [(*halves, y) for y, halves in whole.items() if len(halves) == 2]
        self.wrong = {k: np.array(rows.pop(k)) for k in WRONG}
        self.wrong = {k: v for k, v in self.wrong.items() if len(v)}
        self.pairs = {k: np.array(v) for k, v in rows.items() if len(v)}
        self.mean = vectors[self.sentences].mean(0)
        values, basis = np.linalg.eigh(np.cov(vectors[self.sentences].T))
        self.spread, self.basis = np.sqrt(np.maximum(values, 1e-9)), basis  # ascending
        self.kinds = list(self.pairs)
        weight = np.array([PAIRS[k][0] for k in self.kinds], float)
        self.kind_share = weight / weight.sum()
        self.lines = {k: self.directions_of(self.pairs[k]) for k in self.kinds}
        names, self.extra, steps = features if features else ([], np.zeros((0, 384), np.float32), [])
        self.extra_sigma = (vectors[self.sentences] @ self.extra.T).std(0)
        self.product = {k: self.as_pulled(k, names, steps) for k in self.kinds if FEATURE_OF.get(k, k) in names}
        if 'sentiment' in self.product:
            self.keep_apart('sentiment')
        self.neighbours = self.find_neighbours()

    def directions_of(self, pairs, variants=24):
        """(directions [v, 384], natural steps [v]): mean differences of all pairs and of random 64-200 of them."""
        difference = self.vectors[pairs[:, 1]] - self.vectors[pairs[:, 0]]
        picks = [difference] + [difference[self.rng.choice(len(difference), min(len(difference), n), replace=False)]
                                for n in self.rng.integers(64, 200, variants)]
        directions = np.stack([unit(p.mean(0)) for p in picks])
        return directions, np.median(difference @ directions.T, axis=0)

    def as_pulled(self, kind, names, steps):
        """(direction towards the second of a pair, natural step as a length): the feature that the app pulls along."""
        at = names.index(FEATURE_OF.get(kind, kind))
        way = np.sign(np.mean((self.vectors[self.pairs[kind][:, 1]] - self.vectors[self.pairs[kind][:, 0]]) @ self.extra[at]))
        return way * self.extra[at], steps[at]

    def keep_apart(self, kind, least=0.5):
        """Of rewrites by people those that differ in the feature by at least half a natural step."""
        d, step = self.product[kind]
        pairs = self.pairs[kind]
        self.pairs[kind] = pairs[(self.vectors[pairs[:, 1]] - self.vectors[pairs[:, 0]]) @ d > least * step]

    def find_neighbours(self, among=12_000):
        """For some sentences y a neighbour x at cosine .6-.95: (x, y) rows."""
        some = self.rng.permutation(self.sentences)[:among]
        v, rows = self.vectors[some], []
        for at in range(0, len(some), 2000):
            close = v[at:at + 2000] @ v.T
            close[(close > 0.95) | (close < 0.6)] = 0
            best = close.argmax(1)
            rows += [(some[j], some[at + i]) for i, j in enumerate(best) if close[i, j] > 0]
        return np.array(rows)

    def noised(self, e, most=0.3):
        """sqrt(1-a) e + sqrt(a) noise in whitened coordinates, a = most * u^2, back on the sphere."""
        a = most * self.rng.random() ** 2
        z = (e - self.mean) @ self.basis
        z = np.sqrt(1 - a) * z + np.sqrt(a) * self.spread * self.rng.standard_normal(384)
        return unit(self.mean + z @ self.basis.T)

    def along(self, e, d, step):
        """The pull of the product: the coordinate along d moves by `step`, the rest is scaled to stay on the sphere."""
        c = np.clip(e @ d + step, -0.95, 0.95)
        rest = e - (e @ d) * d
        return c * d + np.sqrt(1 - c * c) * rest / np.linalg.norm(rest)

    def jittered(self, d, most=0.3):
        return unit(d + most * self.rng.random() * unit(self.rng.standard_normal(384) * self.spread @ self.basis.T))

    def pulled(self, kind, x, y, sign):
        """A target for the real rewrite x -> y: along the kind's direction, through a few directions, or all of it."""
        rng, ex, ey = self.rng, self.vectors[x], self.vectors[y]
        draw, scale = rng.random(), rng.uniform(0.7, 1.5)
        if len(self.extra) and rng.random() < 0.2:
            made = (ey - ex) @ self.extra.T
            notable = np.flatnonzero(np.abs(made) > 1.2 * self.extra_sigma)
            if len(notable):
                f = rng.choice(notable)
                return self.along(ex, self.extra[f], scale * made[f])
        directions, steps = self.lines[kind]
        which = rng.integers(len(directions))
        d, natural = directions[which] * sign, steps[which]
        if kind in self.product and rng.random() < 0.5:
            d, natural = self.product[kind][0] * sign, self.product[kind][1]
        if draw < PAIRS[kind][1]:
            d = self.jittered(d)
            own = (ey - ex) @ d
            step = own if own > 0.3 * natural and rng.random() < 0.5 else natural
            return self.along(ex, d, scale * step)
        if draw < PAIRS[kind][1] + 0.18:
            count = int(rng.choice([4, 16, 64, 128]))
            axes = [d[:, None]] if PAIRS[kind][1] else []
            axes.append(self.basis[:, -128:][:, rng.choice(128, min(count, 128), replace=False)])
            q, _ = np.linalg.qr(np.concatenate(axes, 1))
            return unit(ex + scale * q @ (q.T @ (ey - ex)))
        if draw < PAIRS[kind][1] + 0.28:
            return unit(ex + scale * (ey - ex))
        return self.noised(ey, 0.1) if rng.random() < 0.3 else ey

    def example(self):
        """(source index or -1, answer index, target vector or None when the conditioning is dropped)."""
        rng = self.rng
        what = rng.choice(list(SHARES), p=list(SHARES.values()))
        if what == 'edit':
            kind = rng.choice(self.kinds, p=self.kind_share)
            x, y = self.pairs[kind][rng.integers(len(self.pairs[kind]))]
            sign = 1
            if kind not in ONE_WAY and rng.random() < 0.5:
                x, y, sign = y, x, -1
            return x, y, self.pulled(kind, x, y, sign)
        if what == 'correct' and self.wrong:
            kind = rng.choice(list(self.wrong), p=[WRONG[k] / sum(WRONG[w] for w in self.wrong) for k in self.wrong])
            x, y = self.wrong[kind][rng.integers(len(self.wrong[kind]))]
            return x, y, self.noised(self.vectors[y], 0.15) if rng.random() < 0.4 else self.vectors[y]
        if what == 'fusion' and self.fusions:
            a, b, y = self.fusions[rng.integers(len(self.fusions))]
            x, other = (a, b) if rng.random() < 0.5 else (b, a)
            between = unit(self.vectors[x] + self.vectors[other])
            return x, y, between if rng.random() < 0.6 else unit(between + self.vectors[y])
        if what == 'neighbour':
            x, y = self.neighbours[rng.integers(len(self.neighbours))]
            ex, ey = self.vectors[x], self.vectors[y]
            return x, y, unit(ex + rng.uniform(0.8, 1.2) * (ey - ex))
        if what == 'identity':
            kind = rng.choice(self.kinds)
            y = self.pairs[kind][rng.integers(len(self.pairs[kind])), rng.integers(2)] if rng.random() < 0.6 \
                else self.sentences[rng.integers(len(self.sentences))]
            e = self.vectors[y]
            if rng.random() < 0.5:
                directions, steps = self.lines[kind]
                return y, y, self.along(e, directions[0], steps[0] * rng.uniform(-0.2, 0.2))
            return y, y, unit(e + rng.uniform(0, 0.05) * unit(rng.standard_normal(384) * self.spread @ self.basis.T))
        y = self.sentences[rng.integers(len(self.sentences))]
        if what == 'dropped':
            return -1, y, None
        e = self.vectors[y]
        return -1, y, self.noised(e) if rng.random() < 0.5 else e

    def pool(self, count):
        """`count` examples as rows ready to be put into batches; long ones are taken less often (they cost more)."""
        drawn = []
        while len(drawn) < count:
            one = self.example()
            if self.rng.random() < (USUAL / max(USUAL, len(self.tokens[one[1]]))) ** 1.5:
                drawn.append(one)
        rows = [None] * count
        for edit in (False, True):
            for fold in (0, 1):
                mine = [i for i, (x, y, _) in enumerate(drawn) if (x >= 0) == edit and self.fold[y] == fold]
                if mine:
                    self.fill(rows, drawn, mine, edit, self.lenses[1 - fold])
        return rows

    def fill(self, rows, drawn, mine, edit, lens):
        as_tensor = lambda v: torch.from_numpy(np.stack(v).astype(np.float32))
        targets = as_tensor([np.zeros(384) if drawn[i][2] is None else drawn[i][2] for i in mine])
        sources = as_tensor([self.vectors[drawn[i][0]] if edit else np.zeros(384) for i in mine])
        told = self.rng.random(len(mine)) < 0.5
        lengths = torch.tensor([float(self.words[drawn[i][1]]) * bool(t) for i, t in zip(mine, told)])
        move = prompt.move_vectors(targets, sources, lengths)
        ids, hints = prompt.prefix(lens, targets, sources if edit else None)
        for n, i in enumerate(mine):
            x, y, target = drawn[i]
            if target is None:
                move[n], hints[n], ids[n] = 0, 0, PAD
            before = self.tokens[x] + [SEPARATOR] if edit else []
            rows[i] = (before, move[n], ids[n].tolist(), hints[n], self.tokens[y])


def batch_of(rows):
    """Tensors of a batch: ids [B, T] with the dense tokens' places held by PAD, hints, moves, where, labels.

    Rows end at different places; what is behind a row's end is seen by nothing (attention is causal) and has no label.
    """
    width = max(len(r[0]) + prompt.DENSE + len(r[2]) + 1 + len(r[4]) for r in rows)
    width = -(-width // 4) * 4  # fewer different shapes
    ids = torch.full((len(rows), width), PAD)
    hints = torch.zeros(len(rows), width, 4)
    slots = torch.zeros(len(rows), dtype=torch.long)
    labels = torch.full((len(rows), width), -100)
    for n, (before, _, words, hint, text) in enumerate(rows):
        at = len(before)
        ids[n, :at] = torch.tensor(before, dtype=torch.long)
        slots[n] = at
        at += prompt.DENSE
        ids[n, at:at + len(words)] = torch.tensor(words)
        hints[n, at:at + len(words)] = hint
        at += len(words)
        ids[n, at:at + 1 + len(text)] = torch.tensor([START] + text)
        labels[n, at:at + 1 + len(text)] = torch.tensor(text + [END])
    return ids, hints, torch.stack([r[1] for r in rows]), slots, labels
