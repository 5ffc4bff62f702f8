"""The inverter: the cut language model with a prefix made of a movement (dense tokens) and the lens' words (hints)."""
import sys
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from language_model import END, HIDDEN, START, LanguageModel, linear  # noqa: E402

from .prompt import DENSE, MOVE


class Inverter(nn.Module):
    def __init__(self, layers=16, **kind):
        super().__init__()
        self.lm = LanguageModel(layers, **kind)
        self.dense = nn.Parameter(torch.zeros(DENSE * HIDDEN, MOVE))
        self.slots = nn.Parameter(torch.zeros(DENSE, HIDDEN))
        self.hint = nn.Parameter(torch.zeros(HIDDEN, 4))

    def start_new_parts(self):
        """Dense tokens begin at half the spread of the token embeddings, so the first steps stay in the known range."""
        spread = self.lm.embed.detach().std().item() / 2
        with torch.no_grad():
            self.dense.normal_(0, spread / MOVE ** 0.5)
            self.slots.normal_(0, spread)
            self.hint.normal_(0, spread / 2)

    def new_parts(self):
        return [self.dense, self.slots, self.hint]

    def inputs(self, ids, hint, move=None):
        """Embeddings [B, 4S + T, HIDDEN]: dense tokens (where move is given), then tokens with their hints."""
        tokens = self.lm.embed[ids] + linear(hint, self.hint)
        if move is None:
            return tokens
        dense = linear(move, self.dense).view(len(move), DENSE, HIDDEN) + self.slots
        return torch.cat([dense, tokens], 1)

    def logits(self, hidden):
        return linear(hidden, self.lm.embed)

    @torch.no_grad()
    def greedy(self, sources, ids, hint, move, longest=48):
        """Greedy texts. sources: [B, s] (one length; s may be 0) ending in the separator; ids, hint: the lens words."""
        past, device = None, self.dense.device
        sources, ids, hint, move = (t.to(device) for t in (sources, ids, hint, move))
        no_hint = torch.zeros(len(ids), 1, 4, device=device)
        if sources.shape[1]:
            _, past = self.lm(self.inputs(sources, no_hint.expand(-1, sources.shape[1], -1)))
        start = torch.full((len(ids), 1), START, device=device)
        x = self.inputs(torch.cat([ids, start], 1), torch.cat([hint, no_hint], 1), move)
        out, done = [], torch.zeros(len(ids), dtype=torch.bool, device=device)
        for _ in range(longest + 1):
            hidden, new = self.lm(x, past)
            past = new if past is None else [(torch.cat([a, c], 2), torch.cat([b, d], 2))
                                             for (a, b), (c, d) in zip(past, new)]
            token = self.logits(hidden[:, -1]).argmax(-1)
            out.append(token)
            done |= token == END
            if done.all():
                break
            x = self.inputs(token[:, None], no_hint)
        rows = torch.stack(out, 1).tolist()
        return [row[:row.index(END)] if END in row else row for row in rows]
