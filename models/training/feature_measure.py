"""Directions and their figures, on embeddings alone."""
from __future__ import annotations

import numpy as np

QUANTILES = {"p01": .01, "p05": .05, "p25": .25, "p50": .5, "p75": .75, "p95": .95, "p99": .99}


def unit(v: np.ndarray) -> np.ndarray:
    return v / np.linalg.norm(v)


def auc(low: np.ndarray, high: np.ndarray) -> float:
    """The chance that a high example projects above a low one (ties count half)."""
    values = np.concatenate([low, high])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[len(low):].sum() - len(high) * (len(high) + 1) / 2) / (len(low) * len(high)))


def direction(differences: list[tuple[float, np.ndarray]]) -> np.ndarray:
    """Each source's mean difference made unit, then mixed by weight."""
    return unit(sum(weight * unit(d.mean(0) if d.ndim == 2 else d) for weight, d in differences))


def shuffled_auc(pairs: np.ndarray, sets: list[tuple[np.ndarray, np.ndarray]], weight: float, low: np.ndarray, high: np.ndarray, times: int = 10) -> float:
    """Held-out AUC of directions made the same way from training labels put in random order (mean over `times`)."""
    random, out = np.random.default_rng(7), []
    for _ in range(times):
        parts = []
        if len(pairs):
            parts.append((weight, pairs * random.choice([-1, 1], (len(pairs), 1))))
        for a, b in sets:
            both = random.permutation(np.vstack([a, b]))
            parts.append((1.0, both[len(a):].mean(0) - both[:len(a)].mean(0)))
        d = direction(parts)
        out.append(auc(low @ d, high @ d))
    return float(np.mean(out))


def distribution(projected: np.ndarray) -> dict:
    return {"mean": round(float(projected.mean()), 6), "sigma": round(float(projected.std()), 6),
            "quantiles": {name: round(float(np.quantile(projected, q)), 6) for name, q in QUANTILES.items()}}


def steps(low: np.ndarray, high: np.ndarray, d: np.ndarray, sigma: float) -> dict:
    """How real rewrites (rows of low, high in pairs) move along d: in sigma, and how purely."""
    delta = high - low
    along = delta @ d / sigma
    purity = (delta @ d) / np.maximum(np.linalg.norm(delta, axis=1), 1e-9)
    return {"step": float(np.median(along)), "p10": float(np.quantile(along, .1)), "p90": float(np.quantile(along, .9)),
            "purity": float(np.median(purity)), "agree": float((along > 0).mean())}
