r"""Judges: small word n-gram classifiers that never see an embedding, so that a move is not marked by the
direction that made it. Shipped in models/features/judges.json for the evaluation, not for the app.

To score a text in any language:
1. lower-case it and turn the typographic apostrophe (U+2019) into ';
2. tokens = every match of [a-z0-9]+?(?=n't)|n't|[a-z0-9']+|[.,;:!?], in order (so "didn't" is did, n't);
3. grams = the tokens, and every two neighbours of ["^", ...tokens, "$"] joined by one space;
4. bucket = FNV-1a (32 bits: start 2166136261, for each byte: xor, then times 16777619 modulo 2^32) modulo 16384;
5. score = bias + scale * (sum of weights[bucket] over the distinct buckets) / sqrt(number of distinct buckets);
   a text without tokens scores bias. Above 0 the judge says "high".
weights: int8, base64."""

from __future__ import annotations

import base64
import math
import re

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

BUCKETS = 16384
REGULARISATION = 5.0  # inverse strength; 2-30 differ by less than two points on the held-out texts
TOKEN = re.compile(r"[a-z0-9]+?(?=n't)|n't|[a-z0-9']+|[.,;:!?]")


def fnv(text: str) -> int:
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def buckets(text: str) -> list[int]:
    tokens = TOKEN.findall(text.lower().replace("\u2019", "'"))
    if not tokens:
        return []
    framed = ["^", *tokens, "$"]
    grams = set(tokens) | {f"{a} {b}" for a, b in zip(framed, framed[1:])}
    return sorted({fnv(gram) % BUCKETS for gram in grams})


def matrix(texts: list[str]) -> csr_matrix:
    rows = [buckets(text) for text in texts]
    data = np.concatenate([np.full(len(r), 1 / math.sqrt(len(r) or 1)) for r in rows])
    starts = np.cumsum([0] + [len(r) for r in rows])
    return csr_matrix((data, np.concatenate(rows).astype(int), starts), shape=(len(rows), BUCKETS))


class Judge:
    def __init__(self, low: list[str], high: list[str]) -> None:
        model = LogisticRegression(C=REGULARISATION, max_iter=400, solver="liblinear")
        model.fit(matrix(low + high), np.array([0] * len(low) + [1] * len(high)))
        self.bias = round(float(model.intercept_[0]), 5)
        self.scale = round(float(np.abs(model.coef_[0]).max()) / 127, 7)
        self.weights = np.rint(model.coef_[0] / self.scale).clip(-127, 127).astype(np.int8)

    def score(self, text: str) -> float:
        found = buckets(text)
        return (
            self.bias + self.scale * float(self.weights[found].astype(np.int64).sum()) / math.sqrt(len(found))
            if found
            else self.bias
        )

    def accuracy(self, low: list[str], high: list[str]) -> float:
        """Mean of the two sides' accuracies."""
        return (np.mean([self.score(t) <= 0 for t in low]) + np.mean([self.score(t) > 0 for t in high])) / 2

    def shipped(self) -> dict:
        return {"bias": self.bias, "scale": self.scale, "weights": base64.b64encode(self.weights.tobytes()).decode()}
