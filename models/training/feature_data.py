"""What each feature is learned from and tested on: minimal pairs where there are any, else matched examples.

Splits are by base sentence (both sides of a pair stay together), by source where a source can be left out, and
are made by a hash of the text, so they are the same on every run."""

from __future__ import annotations

import hashlib
import lzma
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import feature_rules as rules

Pair = tuple[str, str]
TRAIN_PAIRS, TEST_EACH, TRAIN_EACH = 1200, 250, 1800
JUDGE_EACH = 8000  # judges never see an embedding, so they may read more
DOMAINS = ["wiki", "news", "howto", "essays", "textbook", "conversation", "fiction", "science", "reviews"]


@dataclass
class Task:
    """Pairs are (low, high). `weights` says how the directions of pairs and of sets are mixed."""

    pairs: list[Pair] = field(default_factory=list)
    sets: list[tuple[list[str], list[str]]] = field(default_factory=list)
    pair_weight: float = 1.0
    test_pairs: list[Pair] = field(default_factory=list)  # the held-out figures come from these, or
    test_sets: tuple[list[str], list[str]] | None = None  # from these where there are no pairs that may be shown
    step_pairs: list[Pair] = field(default_factory=list)  # for the natural step alone, where test_pairs is empty
    elsewhere: tuple[list[str], list[str]] | None = None  # another source altogether
    elsewhere_source: str = ""
    judge: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    source: str = ""
    split: str = "by base sentence"


def fraction(text: str) -> float:
    """A number in [0,1) that depends on the text's letters alone."""
    key = re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
    return int.from_bytes(hashlib.sha1(key.encode()).digest()[:6], "big") / 2**48


def ordered(items: list, key=lambda item: item) -> list:
    """A fixed shuffle."""
    return sorted(items, key=lambda item: hashlib.sha1(("order " + str(key(item))).encode()).digest())


def words(text: str) -> int:
    return len(text.split())


class Corpus:
    def __init__(self, root: Path) -> None:
        self.root = root

    @cache
    def table(self, folder: str, name: str) -> list[list[str]]:
        with lzma.open(self.root / folder / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
            return [line.rstrip("\n").split("\t") for line in file]

    @cache
    def domain(self, name: str, limit: int = 60000) -> list[str]:
        with lzma.open(self.root / "train" / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
            return [line.rstrip("\n") for _, line in zip(range(limit), file)]

    @cache
    def heldout(self, name: str) -> list[str]:
        return (self.root / "heldout" / f"{name}.txt").read_text(encoding="utf-8").splitlines()

    @cache
    def vocabulary(self) -> set[str]:
        return {word for name in DOMAINS for line in self.domain(name)[:25000] for word in re.findall(r"[a-z]+", line)}

    def pairs(self, name: str, swap: bool = False) -> list[Pair]:
        rows = [(row[0], row[1]) for row in self.table("pairs", name)]
        return [(b, a) for a, b in rows] if swap else rows

    def made(
        self, makers: list[rules.Maker], domains: list[str] = DOMAINS, cap: int = 4000, lines: int = 60000
    ) -> list[Pair]:
        """Rule-made pairs: at most `cap` of each rule, the domains in equal parts, from the first `lines` of each."""
        out: list[Pair] = []
        for make in makers:
            mine: list[Pair] = []
            per_domain = cap // len(domains) + 1
            for name in domains:
                got = 0
                for line in self.domain(name, lines):
                    pair = make(line) if 4 <= words(line) <= 32 else None
                    if pair and pair[0] != pair[1] and words(pair[0]) >= 3:
                        mine.append(pair)
                        got += 1
                        if got == per_domain:
                            break
            out += mine
        return out

    def labelled(self, name: str, column: int = 1) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for row in self.table("probes", name):
            if 2 <= words(row[0]) <= 40:
                groups[row[column]].append(row[0])
        return groups


def match_length(low: list[str], high: list[str], limit: int) -> tuple[list[str], list[str]]:
    """Equal numbers of both at every length in words, at most `limit` of each."""
    bins: tuple[dict, dict] = (defaultdict(list), defaultdict(list))
    for side, texts in enumerate((low, high)):
        for text in ordered(texts):
            bins[side][min(words(text), 30) // 2].append(text)
    out: tuple[list[str], list[str]] = ([], [])
    for size in sorted(set(bins[0]) & set(bins[1])):
        count = min(len(bins[0][size]), len(bins[1][size]))
        out[0].extend(bins[0][size][:count])
        out[1].extend(bins[1][size][:count])
    order = list(range(len(out[0])))
    random.Random(7).shuffle(order)
    return [out[0][i] for i in order[:limit]], [out[1][i] for i in order[:limit]]


def split_texts(texts: list[str], test: float = 0.2) -> tuple[list[str], list[str]]:
    return [t for t in texts if fraction(t) >= test], [t for t in texts if fraction(t) < test]


def split_pairs(pairs: list[Pair], base: int = 0, test: float = 0.2) -> tuple[list[Pair], list[Pair]]:
    """Train and test; `base` says which side names the sentence that both were made from."""
    seen, clean = set(), []
    for pair in ordered(pairs, lambda p: p[base]):
        if pair[base] not in seen and words(pair[0]) <= 36 and words(pair[1]) <= 36:
            seen.add(pair[base])
            clean.append(pair)
    # A base is judged by both its forms: a sentence that is one pair's low side and another's high stays in one part.
    train = [p for p in clean if fraction(p[0]) >= test and fraction(p[1]) >= test]
    held = [p for p in clean if fraction(p[0]) < test or fraction(p[1]) < test]
    used = {side for pair in train for side in pair}
    return train, [p for p in held if p[0] not in used and p[1] not in used]


def paired(pairs: list[Pair], source: str, base: int = 0, **more) -> Task:
    train, test = split_pairs(pairs, base)
    judge = ([p[0] for p in train[:JUDGE_EACH]], [p[1] for p in train[:JUDGE_EACH]])
    return Task(pairs=train[:TRAIN_PAIRS], test_pairs=test[:TEST_EACH], judge=judge, source=source, **more)


def matched(low: list[str], high: list[str], source: str, **more) -> Task:
    parts = [split_texts(low), split_texts(high)]
    train = match_length(parts[0][0], parts[1][0], JUDGE_EACH)
    return Task(
        sets=[(train[0][:TRAIN_EACH], train[1][:TRAIN_EACH])],
        test_sets=match_length(parts[0][1], parts[1][1], TEST_EACH),
        judge=train,
        source=source,
        split="by sentence, lengths matched",
        **more,
    )
