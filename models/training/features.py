"""The feature directions of models/features.

    python models/training/features.py build --corpus CORPUS --cache CACHE
    python models/training/features.py heldout --corpus CORPUS --out DIR

`build` makes the directions, their calibration and figures, and the judges. `heldout` writes the labelled texts
that the figures were measured on (features.jsonl), the same on every run, for the evaluation to repeat them."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from feature_catalogue import FEATURES, Feature
from feature_data import DOMAINS, Corpus, Task
from embedder import Embedder
from feature_evidence import EVIDENCE
from feature_judges import BUCKETS, Judge
from feature_judges import __doc__ as JUDGE_RULES
from feature_measure import Whitener, auc, distribution, shuffled_auc, steps

OUT = Path(__file__).resolve().parents[1] / "features"
REFERENCE_EACH = 3000


def reference_texts(corpus: Corpus) -> list[str]:
    """30,000 training texts: 3,000 sentences of each domain and 3,000 passages."""
    return [t for name in DOMAINS for t in corpus.domain(name, 60000)[-REFERENCE_EACH:]] + corpus.domain(
        "passages", REFERENCE_EACH
    )


def test_texts(task: Task) -> tuple[list[str], list[str]]:
    return task.test_sets or ([p[0] for p in task.test_pairs], [p[1] for p in task.test_pairs])


def learn(
    task: Task, embed: Embedder, whitener: Whitener
) -> tuple[np.ndarray, np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """The unit direction, and the training differences and sets it came from."""
    pairs = embed([p[1] for p in task.pairs]) - embed([p[0] for p in task.pairs])
    sets = [(embed(low), embed(high)) for low, high in task.sets]
    parts = [(task.pair_weight, pairs.mean(0))] if len(pairs) else []
    return whitener.direction(parts + [(1.0, high.mean(0) - low.mean(0)) for low, high in sets]), pairs, sets


def measure(
    feature: Feature, task: Task, embed: Embedder, reference: np.ndarray, whitener: Whitener
) -> tuple[np.ndarray, dict, Judge]:
    d, pairs, sets = learn(task, embed, whitener)
    texts_low, texts_high = test_texts(task)
    low, high = embed(texts_low), embed(texts_high)
    spread = distribution(reference @ d)
    sigma = spread["sigma"]
    held = auc(low @ d, high @ d)
    control = shuffled_auc(whitener, pairs, sets, task.pair_weight, low, high)
    reliability = {
        "auc": round(held, 4),
        "shuffledAuc": round(control, 4),
        "selectivity": round(held - control, 4),
        "n": len(low) + len(high),
        "split": task.split,
    }
    if task.elsewhere:
        a, b = task.elsewhere
        reliability["elsewhere"] = {
            "auc": round(auc(embed(a) @ d, embed(b) @ d), 4),
            "n": len(a) + len(b),
            "source": task.elsewhere_source,
        }

    rewrites = task.test_pairs or task.step_pairs
    if rewrites:
        moved = steps(embed([p[0] for p in rewrites]), embed([p[1] for p in rewrites]), d, sigma)
        natural, of = moved["step"], "held-out minimal pairs"
    else:
        moved = steps(low, high, d, sigma)
        # There are no rewrites to measure: half of what parts the two classes stands in.
        natural, of = (
            float(((high @ d).mean() - (low @ d).mean()) / sigma / 2),
            "half the distance between the classes' means; purity over texts of equal length",
        )
    judge = Judge(*task.judge)
    own = EVIDENCE[feature.id]
    own_steps = steps(embed([p[0] for p in own]), embed([p[1] for p in own]), d, sigma)
    entry = {
        "id": feature.id,
        "name": feature.name,
        "kind": "probe",
        "poles": list(feature.poles),
        **spread,
        "naturalStep": round(natural, 3),
        "purity": round(moved["purity"], 3),
        "steps": {
            "of": of,
            "n": len(rewrites) or len(low),
            "p10": round(moved["p10"], 3),
            "p90": round(moved["p90"], 3),
            "agree": round(moved["agree"], 3),
            "repeatable": bool(task.test_pairs) or not rewrites,
        },
        "reliability": reliability,
        "judge": {"accuracy": round(float(judge.accuracy(texts_low, texts_high)), 4), "n": len(low) + len(high)},
        "evidence": {"low": [p[0] for p in own], "high": [p[1] for p in own]},
        "evidenceStep": {"median": round(own_steps["step"], 3), "agree": round(own_steps["agree"], 3)},
        "source": task.source,
        "note": feature.note,
    }
    return d, entry, judge


def correlations(directions: np.ndarray, reference: np.ndarray) -> dict:
    """Pairs of features that lean on each other: cosine of the directions and correlation over the reference."""
    read = np.corrcoef((reference @ directions.T).T)
    cosines = directions @ directions.T
    leaning = []
    for i in range(len(directions)):
        for j in range(i):
            if abs(cosines[i, j]) >= 0.3 or abs(read[i, j]) >= 0.4:
                leaning.append(
                    [FEATURES[j].id, FEATURES[i].id, round(float(cosines[i, j]), 3), round(float(read[i, j]), 3)]
                )
    return {
        "columns": ["a", "b", "cosine", "correlation over the reference"],
        "leaning": sorted(leaning, key=lambda row: -abs(row[2])),
        "medianAbsoluteCosine": round(float(np.median(np.abs(cosines[np.tril_indices(len(cosines), -1)]))), 4),
    }


def file_entry(path: Path) -> dict:
    return {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}


def build(corpus: Corpus, embed: Embedder, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    reference = embed(reference_texts(corpus))
    whitener = Whitener(reference)
    directions, entries, judges = [], [], {}
    print(f"{'feature':14}{'auc':>7}{'shuf':>7}{'else':>7}{'judge':>7}{'step':>7}{'purity':>8}{'agree':>7}{'own':>7}")
    for feature in FEATURES:
        d, entry, judge = measure(feature, feature.build(corpus), embed, reference, whitener)
        directions.append(d)
        entries.append(entry)
        judges[feature.id] = judge
        r = entry["reliability"]
        print(
            f"{feature.id:14}{r['auc']:7.3f}{r['shuffledAuc']:7.3f}{r.get('elsewhere', {}).get('auc', float('nan')):7.3f}{entry['judge']['accuracy']:7.3f}"
            f"{entry['naturalStep']:7.2f}{entry['purity']:8.3f}{entry['steps']['agree']:7.2f}{entry['evidenceStep']['median']:7.2f}",
            flush=True,
        )
    matrix = np.stack(directions)
    matrix.astype("<f4").tofile(out / "features.f32")
    reference.mean(0).astype("<f4").tofile(out / "mean.f32")
    check = [EVIDENCE["negation"][0][1], EVIDENCE["question"][2][1], "Don't worry, it\u2019s fine; 3 of 4 agreed!"]
    shipped = {
        "rules": JUDGE_RULES.split("\n\n", 1)[1],
        "buckets": BUCKETS,
        "check": {
            "texts": check,
            "scores": {name: [round(judge.score(t), 4) for t in check] for name, judge in judges.items()},
        },
        "features": {name: judge.shipped() for name, judge in judges.items()},
    }
    (out / "judges.json").write_text(json.dumps(shipped, separators=(",", ":")) + "\n")
    card = {
        "what": "Named directions in the encoder's space: the same unit direction reads a meaning and moves it",
        "made": [
            "python models/training/features.py build --corpus CORPUS --cache CACHE",
            "python models/training/features.py heldout --corpus CORPUS --out DIR",
        ],
        "licence": "Apache-2.0 for the figures in this folder; made with the encoder all-MiniLM-L6-v2 (Apache-2.0); the sources of each feature are named with it",
        "dimension": matrix.shape[1],
        "encoder": file_entry(OUT.parent / "encoder" / "model.onnx")["sha256"],
        "reference": {"n": len(reference), "of": "3,000 training sentences of each of nine domains and 3,000 passages"},
        "how": {
            "activation": "(d.e - mean) / sigma",
            "direction": "mean difference of minimal pairs (made unit), mixed with the mean difference of matched examples where named; then (C + 4 v I)^-1 of it, C the covariance of the reference and v its mean variance; unit length",
            "naturalStep": "median movement along d of held-out rewrites, in sigma; see steps.of",
            "purity": "median cosine between a rewrite's whole movement and d",
            "reliability": "AUC of the projection on held-out texts; shuffledAuc is the same after the training labels were shuffled; selectivity is their difference; elsewhere is a source that the direction never saw",
            "judge": "a word n-gram classifier of judges.json on the same held-out texts",
            "evidence": "written for Noema, in pairs low[i], high[i]; evidenceStep is how they move along d",
        },
        "correlations": correlations(matrix, reference),
        "features": entries,
        "files": {name: file_entry(out / name) for name in ("features.f32", "mean.f32", "judges.json")},
    }
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(card["correlations"]))


def heldout(corpus: Corpus, out: Path) -> None:
    """One line a text: feature, set ("test" or "elsewhere"), label (0 low, 1 high), pair (a number both sides share, or null)."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "features.jsonl").open("w", encoding="utf-8") as file:
        for feature in FEATURES:
            task = feature.build(corpus)
            paired = task.test_sets is None
            for name, texts in (("test", test_texts(task)), ("elsewhere", task.elsewhere or ([], []))):
                for label, side in enumerate(texts):
                    for index, text in enumerate(side):
                        row = {
                            "feature": feature.id,
                            "set": name,
                            "label": label,
                            "pair": index if paired and name == "test" else None,
                            "text": text,
                        }
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["build", "heldout"])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="where embeddings are kept between runs (build)")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    corpus = Corpus(args.corpus)
    if args.command == "heldout":
        heldout(corpus, args.out or Path("heldout-features"))
    elif args.cache is None:
        parser.error("build needs --cache")
    else:
        build(corpus, Embedder(args.cache), args.out or OUT)


if __name__ == "__main__":
    main()
