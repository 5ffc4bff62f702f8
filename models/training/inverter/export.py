"""Writes model.onnx (int8), the tokenizer and card.json for the runtime, and checks the file against PyTorch.

    python -m inverter.export --cache DIR --out ../inverter [--figures figures.json]
"""
import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import corpus  # noqa: E402
import language_model as lm  # noqa: E402
from . import graph, prompt  # noqa: E402

CHECKS = [  # (source or None, text whose embedding is the target)
    (None, 'The old harbour was quiet in the early morning.'),
    ('She walks to the market every day.', 'She walked to the market every day.'),
    (None, 'How many people live in this town?'),
    ('The results were convincing.', 'The results were not convincing.'),
    ('I have never seen such a dull film.', 'I have never seen such a wonderful film.'),
]


def shipped_weights(path):
    return {k: torch.from_numpy(np.array(v)) for k, v in graph.weights_of(path).items()}


def session(path, threads=2):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])


def greedy(run, source, words, hint, move, longest=48):
    """Greedy token ids of one text by the exported graph, the source in a call of its own, as the runtime does."""
    past = np.zeros((0, 1, *run.get_inputs()[3].shape[2:]), np.float32)
    none, keep = np.zeros((1, 0, prompt.MOVE), np.float32), np.array([1], np.int64)

    def call(ids, hints, moves, past):
        logits, new = run.run(None, {'ids': np.array([ids], np.int64), 'hint': hints, 'move': moves,
                                     'past': past, 'keep': keep})
        return logits[0, -1], np.concatenate([past, new])

    if source:
        _, past = call(source, np.zeros((1, len(source), 4), np.float32), none, past)
    hints = np.concatenate([hint, np.zeros((1, 4), np.float32)])[None]
    logits, past = call(words + [lm.START], hints, move[None, None], past)
    out = []
    while len(out) < longest:
        token = int(logits.argmax())
        if token == lm.END:
            break
        out.append(token)
        logits, past = call([token], np.zeros((1, 1, 4), np.float32), none, past)
    return out


def told(lens, tokenizer, source, source_vector, target):
    """(source ids, lens word ids, hints, move) of one task, as numpy and lists."""
    t = torch.from_numpy(target)[None]
    e = torch.from_numpy(source_vector)[None] if source else torch.zeros(1, 384)
    ids, hints = prompt.prefix(lens, t, e if source else None)
    move = prompt.move_vectors(t, e, torch.zeros(1))
    before = tokenizer.encode(source).ids + [lm.SEPARATOR] if source else []
    return before, ids[0].tolist(), hints[0].numpy(), move[0].numpy()


def checks(path, model, lens, tokenizer, encoder, pairs):
    """Agreement of the exported int8 graph with the fp32 PyTorch model, and the special shapes."""
    run = session(path)
    quantised = type(model)(len(model.lm.blocks), feed=model.lm.blocks[0].down.shape[1])
    quantised.load_state_dict(shipped_weights(path))
    same_int8 = same_fp32 = 0
    tasks = [(None, b) if i % 3 == 0 else (a, b) for i, (a, b) in enumerate(pairs)]
    sources, targets = corpus.embed([a or '.' for a, _ in tasks], encoder), corpus.embed([b for _, b in tasks], encoder)
    for (source, _), e, t in zip(tasks, sources, targets):
        before, words, hint, move = told(lens, tokenizer, source, e, t)
        got = greedy(run, before, words, hint, move)
        as_torch = lambda m: m.greedy(torch.tensor([before], dtype=torch.long).view(1, -1), torch.tensor([words]),
                                      torch.from_numpy(hint)[None], torch.from_numpy(move)[None])[0][:48]
        same_int8 += got == as_torch(quantised)
        same_fp32 += got == as_torch(model)
    # one call with everything (P = 0) against two calls, a batch of two, and ids of length 0
    first = lambda n: np.random.default_rng(n).integers(4, lm.VOCABULARY, (2, 7))
    past = np.zeros((0, 2, *run.get_inputs()[3].shape[2:]), np.float32)
    move = np.stack([told(lens, tokenizer, None, e, t)[3] for e, t in zip(sources[:2], targets[:2])])[:, None]
    feed = lambda ids, move, past, keep: run.run(None, {
        'ids': ids, 'hint': np.zeros((2, ids.shape[1], 4), np.float32), 'move': move, 'past': past,
        'keep': np.array([keep], np.int64)})
    whole, _ = feed(first(1), move, past, 3)
    _, new = feed(first(1)[:, :0], move, past, 1)
    none = np.zeros((2, 0, prompt.MOVE), np.float32)
    parted, _ = feed(first(1), none, np.concatenate([past, new]), 3)
    assert whole.shape == (2, 3, lm.VOCABULARY) and np.abs(whole - parted).max() < 1e-2, np.abs(whole - parted).max()
    return {'count': len(tasks), 'sameAsTorchWithTheSameWeights': same_int8, 'sameAsTorchFp32': same_fp32}


def probe(path, lens, tokenizer, encoder):
    """Five tasks with everything that goes into the graph, and the tokens that come out of it greedily."""
    run, out = session(path), []
    packed = lambda array: base64.b64encode(np.ascontiguousarray(array, '<f4').tobytes()).decode()
    for source, target in CHECKS:
        e, t = corpus.embed([source or '.', target], encoder)
        before, words, hint, move = told(lens, tokenizer, source, e, t)
        expected = greedy(run, before, words, hint, move, 24)
        out.append({'source': before, 'words': words, 'hint': packed(hint), 'move': packed(move), 'most': 24,
                    'expected': expected, 'text': tokenizer.decode(expected)})
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default=corpus.CACHE)
    parser.add_argument('--run', default=None)
    parser.add_argument('--corpus', required=True)
    parser.add_argument('--out', default=Path(__file__).resolve().parent.parent.parent / 'inverter')
    parser.add_argument('--figures', default=None, help='what evaluate.py wrote')
    parser.add_argument('--checks', type=int, default=20)
    parser.add_argument('--tiny', action='store_true')
    options = parser.parse_args()
    from .evaluate import load
    from .prompt import lens_of
    model, examples = load(options.cache, options.run or Path(options.cache) / 'run', options.tiny)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    weights = {k: v.float().numpy() for k, v in model.state_dict().items()}
    built = graph.build(weights, len(model.lm.blocks), model.lm.blocks[0].down.shape[1])
    onnx.save(built, str(out / 'model.onnx'))
    tokenizer, encoder, lens = lm.tokenizer(options.cache), corpus.load_encoder(), lens_of(options.cache, 'all')
    (out / 'tokenizer.json').write_bytes((Path(options.cache) / 'tokenizer.json').read_bytes())
    (out / 'tokenizer_config.json').write_text(json.dumps({
        'tokenizer_class': 'PreTrainedTokenizerFast', 'model_max_length': 2048, 'clean_up_tokenization_spaces': False,
        'add_bos_token': False, 'add_prefix_space': False, 'pad_token': '<|pad|>', 'eos_token': '<|end|>'}, indent=1) + '\n')
    pairs = [p for kind in ('negation', 'tense', 'sentiment', 'paraphrase')
             for p in corpus.heldout_pairs(options.corpus, kind, options.checks // 4)]
    card = {
        'what': 'Inverter: turns a moved all-MiniLM-L6-v2 embedding, and the source text, back into one sentence. '
                'SmolLM2-135M-Instruct cut to 16 layers and 16,384 tokens, all weights trained further.',
        'how': ['corpus.py prepare', 'language_model.py', 'lens.py train', 'inverter.train', 'inverter.evaluate',
                'inverter.export'],
        'licence': 'Apache-2.0 (derived from SmolLM2-135M-Instruct, Apache-2.0; embeddings by all-MiniLM-L6-v2, '
                   'Apache-2.0)',
        'examples': examples, 'layers': len(model.lm.blocks), 'kvHeads': lm.KV_HEADS, 'headDim': lm.HEAD_DIM,
        'hidden': lm.HIDDEN, 'vocabulary': lm.VOCABULARY,
        'tokens': {'separator': lm.SEPARATOR, 'start': lm.START, 'end': lm.END, 'pad': lm.PAD},
        'prefix': {'dense': prompt.DENSE, 'wordsInvert': prompt.WORDS_INVERT, 'wordsEdit': prompt.WORDS_EDIT,
                   'gains': prompt.GAINS, 'losses': prompt.LOSSES},
        'int8': checks(out / 'model.onnx', model, lens, tokenizer, encoder, pairs),
        'measured': json.loads(Path(options.figures).read_text()) if options.figures else None,
        'probeFormat': 'source: ids with the separator (empty: inversion); words: ids of the 24 lens words in order; '
                       'hint: base64 float32 [24,4]; move: base64 float32 [776]; expected: greedy ids without the end '
                       'token, at most `most`',
        'probe': probe(out / 'model.onnx', lens, tokenizer, encoder),
        'files': {name: {'sha256': hashlib.sha256((out / name).read_bytes()).hexdigest(),
                         'bytes': (out / name).stat().st_size}
                  for name in ('model.onnx', 'tokenizer.json', 'tokenizer_config.json')},
    }
    (out / 'card.json').write_text(json.dumps(card, indent=1) + '\n', encoding='utf-8')
    print(card['int8'], card['files'])
    for item in card['probe']:
        print('  ', tokenizer.decode(item['source']), '->', item['text'])


if __name__ == '__main__':
    main()
