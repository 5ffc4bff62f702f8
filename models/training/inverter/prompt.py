"""What the inverter is told: the `move` vector, the lens' words and their hints. The contract with the runtime.

Edit:   [source tokens, separator] [4 dense] [8 words of t] [8 gains] [8 losses] [start] text... [end]
Invert:                            [4 dense] [24 words of t]                     [start] text... [end]
The dense tokens come from `move`, so they stand outside `ids`.
"""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

DENSE, WORDS_INVERT, WORDS_EDIT, GAINS, LOSSES = 4, 24, 8, 8, 8
MOVE = 2 * 384 + 8
ROOT = 384 ** 0.5
# a smaller movement is judged at this length, so that its words stand out of the rounding
LEAST_STEP = 0.6


@dataclass
class Lens:
    """logit = bias + weight . 20 (x - mean); `stop` ids are never offered as words."""
    weight: torch.Tensor
    bias: torch.Tensor
    mean: torch.Tensor
    stop: list

    def logits(self, x):
        """[n, V]; stop ids at -30."""
        out = (x - self.mean) @ (20 * self.weight.t()) + self.bias
        out[:, self.stop] = -30.0
        return out


def lens_of(cache, name):
    """The lens called `name` ('0', '1': of a fold; 'all') as lens.py left it in the cache."""
    import language_model
    from lens import stop_ids
    saved = np.load(Path(cache) / 'lens.npz')
    to = torch.from_numpy
    return Lens(to(saved[f'weight{name}']), to(saved[f'bias{name}']), to(saved['mean']),
                stop_ids(language_model.tokenizer(cache)))


def move_vectors(targets, sources, lengths):
    """float32 [n, 776]. sources: [n, 384], zero rows where there is no source; lengths: words, 0 = not told."""
    has = (sources.norm(dim=1) > 0).float()[:, None]
    delta = (targets - sources) * has
    size = delta.norm(dim=1, keepdim=True)
    told = (lengths > 0).float()[:, None]
    unit = torch.where(size > 1e-6, delta / size.clamp(min=1e-6), torch.zeros_like(delta))
    rest = torch.cat([2 * size, has, told, told * (lengths[:, None] - 12) / 12, torch.zeros(len(targets), 4)], 1)
    return torch.cat([targets * ROOT, unit * ROOT, rest], 1)


def hints(logit, index, extra=None):
    """[n, k, 4]: [sigmoid(logit), logit/4, gain, loss] of the chosen tokens; extra = (column, values)."""
    chosen = logit.gather(1, index)
    out = torch.zeros(*index.shape, 4)
    out[..., 0], out[..., 1] = chosen.sigmoid(), chosen / 4
    if extra:
        out[..., extra[0]] = extra[1]
    return out


def prefix(lens, targets, sources):
    """(ids [n, 24], hints [n, 24, 4]) of the lens words: the same number for both modes. No sources: sources=None."""
    at = lens.logits(targets)
    if sources is None:
        top = at.topk(WORDS_INVERT, 1).indices
        return top, hints(at, top)
    before = lens.logits(sources)
    delta = targets - sources
    stretch = (LEAST_STEP / delta.norm(dim=1, keepdim=True).clamp(min=1e-6)).clamp(min=1)
    beyond = lens.logits(sources + delta * stretch)
    change = beyond.sigmoid() - before.sigmoid()
    words = at.topk(WORDS_EDIT, 1).indices
    gain, gained = change.topk(GAINS, 1)
    loss, lost = (-change).topk(LOSSES, 1)
    return (torch.cat([words, gained, lost], 1),
            torch.cat([hints(at, words), hints(beyond, gained, (2, gain)), hints(before, lost, (3, loss))], 1))
