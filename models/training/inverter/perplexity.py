"""How fluent what was written is, in the eyes of the uncut SmolLM2-135M, which never saw a movement.

    python -m inverter.perplexity moved.json [more.json ...]

Adds `smolPerplexityMedian` and `smolPerplexityOfSources` (per token, without context) to the summary of each file that
`npm run eval -- inverter` wrote.
"""
import json
import math
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import language_model as lm  # noqa: E402


@torch.no_grad()
def perplexities(model, tokenizer, texts, batch=32):
    """Perplexity of each text a token, its end not counted; NaN for a text of fewer than two tokens."""
    encoded, out = [tokenizer.encode('\n' + t).ids for t in texts], [math.nan] * len(texts)
    order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
    for at in range(0, len(order), batch):
        rows = order[at:at + batch]
        width = max(len(encoded[i]) for i in rows)
        ids = torch.tensor([encoded[i] + [0] * (width - len(encoded[i])) for i in rows])
        hidden, _ = model(model.embed[ids])
        logits = lm.linear(hidden[:, :-1], model.embed)
        loss = F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], reduction='none')
        for n, i in enumerate(rows):
            if len(encoded[i]) > 2:
                out[i] = math.exp(loss[n, :len(encoded[i]) - 1].mean().item())
    return out


def main():
    from tokenizers import Tokenizer
    model = lm.cut_model(range(49_152), range(30)).eval()
    tokenizer = Tokenizer.from_str(json.dumps(lm.original_tokenizer()))
    for path in map(Path, sys.argv[1:]):
        written = json.loads(path.read_text(encoding='utf-8'))
        typical = lambda texts: float(np.nanmedian(perplexities(model, tokenizer, texts)))
        items = [item for item in written['items'] if item['chosen']]
        written['summary'] |= {'smolPerplexityMedian': typical([item['chosen'] for item in items]),
                               'smolPerplexityOfSources': typical([item['source'] for item in items])}
        path.write_text(json.dumps(written, indent=1, ensure_ascii=False), encoding='utf-8')
        print(path.name, {k: round(v, 1) for k, v in written['summary'].items() if k.startswith('smol')}, flush=True)


if __name__ == '__main__':
    main()
