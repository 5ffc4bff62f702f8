"""Directions and their figures, on embeddings alone."""

from __future__ import annotations

import numpy as np

QUANTILES = {"p01": 0.01, "p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95, "p99": 0.99}


def unit(v: np.ndarray) -> np.ndarray:
    return v / np.linalg.norm(v)


def auc(low: np.ndarray, high: np.ndarray) -> float:
    """The chance that a high example projects above a low one (ties count half)."""
    values = np.concatenate([low, high])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[len(low) :].sum() - len(high) * (len(high) + 1) / 2) / (len(low) * len(high)))


class Whitener:
    """Turns a mean difference away from the directions in which all text varies most: (C + 4 v I)^-1 m, C the
    covariance of the reference and v its mean variance. With 4 v the reading gains (AUC up on nearly every feature,
    up to .08) and the movement stays what real rewrites do (purity within 6 %); less ridge costs purity, which
    the same direction needs to move by."""

    RIDGE = 4.0

    def __init__(self, reference: np.ndarray) -> None:
        covariance = np.cov(reference.T)
        size = len(covariance)
        self.inverse = np.linalg.inv(covariance + self.RIDGE * np.trace(covariance) / size * np.eye(size))

    def direction(self, parts: list[tuple[float, np.ndarray]]) -> np.ndarray:
        """Each source's mean difference made unit, mixed by weight, whitened; unit length."""
        return unit(self.inverse @ sum(weight * unit(mean) for weight, mean in parts))


def shuffled_auc(
    whitener: Whitener,
    pairs: np.ndarray,
    sets: list[tuple[np.ndarray, np.ndarray]],
    weight: float,
    low: np.ndarray,
    high: np.ndarray,
    times: int = 200,
) -> float:
    """Held-out AUC of directions made the same way from labels put in random order (mean over `times`). The order is
    balanced: half of the pairs turned round, half of either class in either new class, so nothing of the truth is left.
    """
    random, out = np.random.default_rng(7), []
    for _ in range(times):
        parts = []
        if len(pairs):
            signs = random.permutation(np.arange(len(pairs)) % 2 * 2 - 1)
            parts.append((weight, (pairs * signs[:, None]).mean(0)))
        for a, b in sets:
            order = random.permutation(len(a))
            one, two = order[: len(a) // 2], order[len(a) // 2 :]
            parts.append((1.0, a[one].mean(0) + b[two].mean(0) - a[two].mean(0) - b[one].mean(0)))
        d = whitener.direction(parts)
        out.append(auc(low @ d, high @ d))
    return float(np.mean(out))


def distribution(projected: np.ndarray) -> dict:
    return {
        "mean": round(float(projected.mean()), 6),
        "sigma": round(float(projected.std()), 6),
        "quantiles": {name: round(float(np.quantile(projected, q)), 6) for name, q in QUANTILES.items()},
    }


def steps(low: np.ndarray, high: np.ndarray, d: np.ndarray, sigma: float) -> dict:
    """How real rewrites (rows of low, high in pairs) move along d: in sigma, and how purely."""
    delta = high - low
    along = delta @ d / sigma
    purity = (delta @ d) / np.maximum(np.linalg.norm(delta, axis=1), 1e-9)
    return {
        "step": float(np.median(along)),
        "p10": float(np.quantile(along, 0.1)),
        "p90": float(np.quantile(along, 0.9)),
        "purity": float(np.median(purity)),
        "agree": float((along > 0).mean()),
    }
