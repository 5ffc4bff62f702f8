"""The lens: one linear layer from an embedding to the tokens of its sentence.

    python lens.py train --cache DIR [--corpus DIR]    three lenses: two folds and all; lens.npz
    python lens.py export --cache DIR --out ../lens    lens.bin and card.json

logit = bias + weight . 20 (x - mean), trained with a logistic loss per token. A lens knows the sentences it was trained
on better than others, so the inverter is trained on words from the fold that has not seen the sentence.
"""
import argparse
import hashlib
import json
import time
from pathlib import Path

import numpy as np
import torch

import corpus
import language_model

GAIN = 20.0


def token_sets(texts, tokenizer):
    """(rows, columns) of the tokens each text holds, each once."""
    rows, columns = [], []
    for i, encoded in enumerate(tokenizer.encode_batch(texts)):
        ids = sorted(set(encoded.ids))
        rows += [i] * len(ids)
        columns += ids
    return torch.tensor(rows), torch.tensor(columns)


def folds_of(count, pairs):
    """0 or 1 for each text; the two sentences of a pair share a fold."""
    fold = np.random.default_rng(3).integers(0, 2, count)
    for _ in range(3):
        for _, a, b in pairs:
            fold[b] = fold[a]
    return fold


def fit(vectors, rows, columns, mean, epochs, batch=512, rate=4e-3):
    """weight [V, 384], bias [V]: Adam on the logistic loss, its gradient written out (sigmoid minus target)."""
    count = len(vectors)
    x = ((vectors - mean) * GAIN).bfloat16()
    starts = torch.searchsorted(rows, torch.arange(count + 1))
    frequency = torch.bincount(columns, minlength=language_model.VOCABULARY).float() + 0.2
    bias = torch.nn.Parameter(torch.log(frequency / count / (1 - frequency / count).clamp(min=0.05)))
    weight = torch.nn.Parameter(torch.zeros(language_model.VOCABULARY, 384))
    adam = torch.optim.Adam([weight, bias], lr=rate, betas=(0.9, 0.98), fused=True)
    steps = epochs * (count // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda s: min(1, (s + 1) / 20) * (1 - s / steps) + 0.01)
    order = torch.arange(0)
    for step in range(steps):
        if len(order) < batch:
            order = torch.randperm(count)
        rows_now, order = order[:batch], order[batch:]
        now = x[rows_now]
        error = torch.sigmoid(now @ weight.detach().bfloat16().t() + bias.detach().bfloat16())
        lengths = starts[rows_now + 1] - starts[rows_now]
        local = torch.repeat_interleave(torch.arange(batch), lengths)
        within = torch.arange(len(local)) - torch.repeat_interleave(lengths.cumsum(0) - lengths, lengths)
        error[local, columns[starts[rows_now][local] + within]] -= 1
        weight.grad = (error.t() @ now).float() / batch
        bias.grad = error.float().mean(0)
        adam.step()
        schedule.step()
    return weight.detach(), bias.detach()


def r_precision(logits, sets, allowed):
    """Mean share of a text's own tokens (among `allowed`) within its top R, R their number."""
    scores = []
    for row, ids in zip(logits, sets):
        ids = [i for i in ids if allowed[i]]
        if ids:
            top = np.argpartition(-np.where(allowed, row, -1e9), len(ids))[:len(ids)]
            scores.append(len(set(top.tolist()) & set(ids)) / len(ids))
    return float(np.mean(scores))


def stop_ids(tokenizer):
    """Special tokens and single bytes that are no printable character: never shown as words."""
    pieces = [tokenizer.id_to_token(i) for i in range(language_model.VOCABULARY)]
    stop = list(range(len(language_model.SPECIALS)))
    for i, piece in enumerate(pieces[len(stop):], len(stop)):
        text = tokenizer.decode([i], skip_special_tokens=False)
        if '\ufffd' in text or not text.strip() or not text.strip().isprintable():
            stop.append(i)
    return stop


def beginnings(texts, tokenizer):
    """Tokens that begin a word and are mostly gone on with ("discipl" of "discipline"): not shown as words either."""
    whole, begun = np.zeros(language_model.VOCABULARY), np.zeros(language_model.VOCABULARY)
    goes_on = np.array([p is not None and p[:1].isalpha() and p[0] != '\u0120'
                        for p in map(tokenizer.id_to_token, range(language_model.VOCABULARY))])
    for encoded in tokenizer.encode_batch(texts):
        ids = np.array(encoded.ids)
        on = np.append(goes_on[ids[1:]], False)
        np.add.at(begun, ids[on], 1)
        np.add.at(whole, ids[~on], 1)
    return np.flatnonzero(begun > whole).tolist()


def train(options):
    torch.set_num_threads(options.threads)
    texts, _, pairs, vectors = corpus.load(options.cache)
    tokenizer = language_model.tokenizer(options.cache)
    x = torch.from_numpy(vectors)
    mean = x.mean(0)
    fold = torch.from_numpy(folds_of(len(texts), pairs))
    rows, columns = token_sets(texts, tokenizer)
    saved = {'mean': mean.numpy(), 'fold': fold.numpy()}
    for name in ['0', '1', 'all']:
        started = time.time()
        keep = torch.ones(len(x), dtype=torch.bool) if name == 'all' else fold == int(name)
        number = keep.cumsum(0) - 1
        chosen = keep[rows]
        weight, bias = fit(x[keep], number[rows[chosen]], columns[chosen], mean, options.epochs)
        saved[f'weight{name}'], saved[f'bias{name}'] = weight.numpy(), bias.numpy()
        print(f'lens {name}: {int(keep.sum())} texts, {time.time() - started:.0f} s', flush=True)
        np.savez(Path(options.cache) / 'lens.npz', **saved)
        if options.corpus:
            print(measure(weight, bias, mean, options.corpus, tokenizer, columns), flush=True)


def measure(weight, bias, mean, where, tokenizer, columns=None, count=900):
    """Held-out R-precision over all tokens, and over those outside the 150 commonest and single characters."""
    sentences = corpus.heldout_sentences(where, count)
    vectors = torch.from_numpy(corpus.embed(sentences))
    logits = (bias + (vectors - mean) * GAIN @ weight.t()).numpy()
    encoded = tokenizer.encode_batch(sentences)
    sets = [set(e.ids) for e in encoded]
    everything = np.ones(language_model.VOCABULARY, bool)
    content = everything.copy()
    content[bias.topk(150).indices.numpy()] = False
    content[[i for i in range(len(content)) if len(tokenizer.decode([i]).strip()) < 2]] = False
    return {'sentences': count, 'all': round(r_precision(logits, sets, everything), 4),
            'content': round(r_precision(logits, sets, content), 4)}


def export(options):
    saved = np.load(Path(options.cache) / 'lens.npz')
    weight, out = saved['weightall'], Path(options.out)
    scale = np.abs(weight).max(1) / 127 + 1e-12
    small = np.rint(weight / scale[:, None]).astype(np.int8)
    out.mkdir(parents=True, exist_ok=True)
    data = b''.join([saved['mean'].astype('<f4').tobytes(), scale.astype('<f4').tobytes(),
                     saved['biasall'].astype('<f4').tobytes(), small.tobytes()])
    (out / 'lens.bin').write_bytes(data)
    tokenizer = language_model.tokenizer(options.cache)
    rounded = torch.from_numpy(small.astype(np.float32) * scale[:, None])
    card = {
        'what': 'Lens: a linear read-out from an all-MiniLM-L6-v2 embedding to the tokens its sentence most likely has. '
                'logit_v = bias_v + scale_v * sum_i weight_vi * 20 * (x_i - mean_i).',
        'how': ['corpus.py prepare', 'language_model.py', 'lens.py train', 'lens.py export'],
        'licence': 'Apache-2.0 (token ids are those of SmolLM2, Apache-2.0; embeddings by all-MiniLM-L6-v2, Apache-2.0)',
        'vocabulary': language_model.VOCABULARY, 'dimension': 384, 'trainedOn': int(len(saved['fold'])),
        'stop': stop_ids(tokenizer),
        'beginnings': beginnings(corpus.load(options.cache)[0], tokenizer),
    }
    if options.corpus:
        figures = measure(rounded, torch.from_numpy(saved['biasall']), torch.from_numpy(saved['mean']),
                          options.corpus, tokenizer)
        card['rPrecision'] = {'heldOutSentences': figures['sentences'], 'all': figures['all'],
                              'content': figures['content'],
                              'note': 'content: without the 150 likeliest tokens and single characters; int8 weights'}
    card['files'] = {'lens.bin': {'sha256': hashlib.sha256(data).hexdigest(), 'bytes': len(data)}}
    (out / 'card.json').write_text(json.dumps(card, indent=1) + '\n', encoding='utf-8')
    print({k: v for k, v in card.items() if k != 'stop'}, len(card['stop']), 'stop ids')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('command', choices=['train', 'export'])
    parser.add_argument('--cache', default=corpus.CACHE)
    parser.add_argument('--corpus', default=None)
    parser.add_argument('--out', default=Path(__file__).resolve().parent.parent / 'lens')
    parser.add_argument('--epochs', type=int, default=6)
    parser.add_argument('--threads', type=int, default=2)
    options = parser.parse_args()
    {'train': train, 'export': export}[options.command](options)


if __name__ == '__main__':
    main()
