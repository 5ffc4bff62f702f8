"""Trains the inverter; stops and goes on at any time.

    python -m inverter.train --cache DIR --minutes 90              from the cut language model
    python -m inverter.train --cache DIR --minutes 60 --resume     from the last checkpoint, a fresh schedule
    python -m inverter.train --cache DIR --minutes 60 --shipped ../inverter    from the exported int8 model

Minutes count working time: a paused process (SIGSTOP) does not spend them. --until HH:MM (UTC) shortens the schedule
so that it is through by then. SIGTERM writes a checkpoint and ends.
"""
import argparse
import csv
import ctypes
import json
import math
import os
import signal
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import corpus  # noqa: E402
import language_model  # noqa: E402
from .mix import Mix, batch_of  # noqa: E402
from .model import Inverter  # noqa: E402
from .prompt import lens_of  # noqa: E402

COLUMNS = ['step', 'examples', 'minutes', 'loss', 'loss_invert', 'loss_edit', 'rate', 'examples_per_second']


def load_mix(options, seed):
    texts, sentences, pairs, vectors = corpus.load(options.cache)
    if options.tiny:
        sentences = sentences[:3000]
    fold = np.load(Path(options.cache) / 'lens.npz')['fold']
    known = len(fold)
    fold = np.pad(fold, (0, len(texts) - known))
    for _, a, b in pairs:  # a text added later is told words by the lens that has not seen its partner
        for new, old in ((a, b), (b, a)):
            if new >= known > old:
                fold[new] = fold[old]
    features = None
    if options.features:
        card = json.loads((Path(options.features) / 'card.json').read_text(encoding='utf-8'))['features']
        directions = np.fromfile(Path(options.features) / 'features.f32', '<f4').reshape(-1, 384)
        features = [f['id'] for f in card], directions, [(f['naturalStep'] or 0) * f['sigma'] for f in card]
    return Mix(texts, sentences, pairs, vectors, [lens_of(options.cache, n) for n in ('0', '1')], fold,
               language_model.tokenizer(options.cache), seed, features)


def build(options):
    """(model, steps, examples) from the checkpoint, the shipped model or the cut language model."""
    model = Inverter(layers=2, feed=64) if options.tiny else Inverter()
    run = Path(options.run)
    if options.resume:
        saved = torch.load(run / 'model.pt', map_location='cpu')
        model.load_state_dict(saved['model'])
        return model, saved['step'], saved['examples']
    if options.shipped:
        from .export import shipped_weights
        model.load_state_dict(shipped_weights(Path(options.shipped) / 'model.onnx'))
        return model, 0, json.loads((Path(options.shipped) / 'card.json').read_text(encoding='utf-8'))['examples']
    if not options.tiny:
        model.lm.load_state_dict(torch.load(Path(options.cache) / 'base.pt'))
    model.start_new_parts()
    return model, 0, 0


def forward(model, batch, device):
    """Losses of every labelled token [N] and its row's number [N]."""
    ids, hints, moves, slots, labels = (t.to(device) for t in batch)
    x = model.inputs(ids, hints)
    dense = language_model.linear(moves, model.dense).view(len(ids), -1, x.shape[-1]) + model.slots
    at = slots[:, None] + torch.arange(dense.shape[1], device=device)
    x = x.index_put((torch.arange(len(ids), device=device)[:, None], at), dense.to(x.dtype))
    hidden, _ = model.lm(x)
    rows, columns = (labels >= 0).nonzero(as_tuple=True)
    logits = model.logits(hidden[rows, columns]).float()
    return F.cross_entropy(logits, labels[rows, columns], reduction='none'), rows


class Cores:
    """How many threads pay now: work split over two threads waits for the slower one, so beside another busy process
    one thread is faster than two. Read from Linux' /proc/stat between steps; elsewhere always the most."""
    def __init__(self, most):
        self.most, self.last = most, self.read()

    def read(self):
        try:
            first = Path('/proc/stat').read_text().split('\n', 1)[0].split()[1:]
        except OSError:
            return None
        user, nice, system = map(int, first[:3])
        return (user + nice + system) / os.sysconf('SC_CLK_TCK'), time.process_time(), time.time()

    def threads(self):
        now = self.read()
        if now is None or now[2] - self.last[2] < 0.5:
            return torch.get_num_threads()
        busy, own, elapsed = (a - b for a, b in zip(now, self.last))
        self.last = now
        others = max(0.0, busy - own) / elapsed
        return max(1, min(self.most, round((os.cpu_count() or 1) - others - 0.1)))


def give_memory_back():
    """glibc keeps what batches of changing shapes have freed; without this the process grows by gigabytes."""
    try:
        ctypes.CDLL('libc.so.6').malloc_trim(0)
    except OSError:
        pass


def save(path, content):
    torch.save(content, f'{path}.new')
    os.replace(f'{path}.new', path)


def train(options):
    device = options.device or ('cuda' if torch.cuda.is_available() else 'cpu')
    torch.set_num_threads(options.threads)
    language_model.linear.fast = device == 'cpu' and options.fast
    run = Path(options.run)
    run.mkdir(parents=True, exist_ok=True)
    (run / 'pid').write_text(str(os.getpid()))
    torch.manual_seed(options.seed)
    model, step, examples = build(options)
    model.to(device).train()
    if device == 'cpu' and options.compile:
        for block in model.lm.blocks:
            block.compile(dynamic=True)
    new = {id(p) for p in model.new_parts()}
    groups = [{'params': [p for p in model.parameters() if id(p) not in new], 'lr': options.rate},
              {'params': model.new_parts(), 'lr': options.rate * options.new_rate}]
    adam = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    if options.resume and (run / 'adam.pt').exists():
        adam.load_state_dict(torch.load(run / 'adam.pt', map_location=device))
        for group, rate in zip(adam.param_groups, [options.rate, options.rate * options.new_rate]):
            group['lr'] = rate
    warm = 5 if options.resume else 40
    base = [g['lr'] for g in adam.param_groups]
    config = {k: str(v) for k, v in vars(options).items()} | {'device': device, 'torch': torch.__version__}
    with open(run / 'config.jsonl', 'a') as file:
        file.write(json.dumps({'from_step': step, **config}) + '\n')
    mix = load_mix(options, options.seed + step)
    print(f'{len(mix.sentences)} sentences, { {k: len(v) for k, v in mix.pairs.items()} }, '
          f'{len(mix.neighbours)} neighbours', flush=True)

    ended = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    log_file = open(run / 'log.csv', 'a', newline='')
    log = csv.writer(log_file)
    if not log_file.tell():
        log.writerow(COLUMNS)
    deadline = None
    if options.until:
        hour, minute = map(int, options.until.split(':'))
        deadline = datetime.now(timezone.utc).replace(hour=hour, minute=minute, second=0).timestamp()
        deadline += 86400 * (deadline < time.time())
    begun, worked, first, usual, saved_at = time.time(), 0.0, step, None, time.time()
    recent, waiting, cores = [], [], Cores(options.threads)

    def checkpoint():
        save(run / 'model.pt', {'model': model.state_dict(), 'step': step, 'examples': examples})
        save(run / 'adam.pt', adam.state_dict())

    while not ended:
        done = worked / 60 / options.minutes
        if deadline:
            done = max(done, (time.time() - begun) / (deadline - begun))
        if done >= 1:
            break
        tick = time.time()
        if not waiting:
            rows = sorted(mix.pool(options.batch * 8), key=lambda r: len(r[0]) + len(r[4]))
            give_memory_back()
            waiting = [rows[i:i + options.batch] for i in range(0, len(rows), options.batch)]
            mix.rng.shuffle(waiting)
        rows = waiting.pop()
        if device == 'cpu':
            torch.set_num_threads(cores.threads())
        factor = min(1, (step - first + 1) / warm) * (0.05 + 0.95 * (1 + math.cos(math.pi * done)) / 2)
        for group, rate in zip(adam.param_groups, base):
            group['lr'] = rate * factor
        with torch.autocast('cuda', torch.bfloat16, enabled=device == 'cuda'):
            losses, owner = forward(model, batch_of(rows), device)
        losses.mean().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        adam.zero_grad()
        took = time.time() - tick
        usual = took if usual is None else 0.95 * usual + 0.05 * min(took, 3 * usual)
        worked += min(took, 5 * usual)  # a pause inside a step is not work
        step, examples = step + 1, examples + len(rows)
        edit = torch.tensor([bool(r[0]) for r in rows], device=device)[owner]
        recent.append((losses.sum().item(), len(losses), losses[~edit].sum().item(), int((~edit).sum()),
                       losses[edit].sum().item(), int(edit.sum()), len(rows), took))
        if len(recent) == options.every:
            s = np.sum(recent, 0)
            log.writerow([step, examples, f'{worked / 60:.2f}', f'{s[0] / s[1]:.4f}', f'{s[2] / max(s[3], 1):.4f}',
                          f'{s[4] / max(s[5], 1):.4f}', f'{base[0] * factor:.2e}', f'{s[6] / s[7]:.2f}'])
            log_file.flush()
            recent = []
        if time.time() - saved_at > options.checkpoint * 60:
            checkpoint()
            saved_at = time.time()
    checkpoint()
    print(f'ended at step {step}, {examples} examples', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default=corpus.CACHE)
    parser.add_argument('--run', default=None, help='folder of checkpoints and log (default CACHE/run)')
    parser.add_argument('--minutes', type=float, default=60)
    parser.add_argument('--until', default=None, help='HH:MM UTC')
    parser.add_argument('--resume', action='store_true')
    parser.add_argument('--shipped', default=None, help='folder of an exported inverter to start from')
    parser.add_argument('--features', default=Path(__file__).resolve().parents[2] / 'features', help='folder of the features of the app, to pull along too')
    parser.add_argument('--device', default=None)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--batch', type=int, default=24)
    parser.add_argument('--rate', type=float, default=3.5e-4)
    parser.add_argument('--new-rate', type=float, default=4.0, help='times the rate, for the prefix parts')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--every', type=int, default=10, help='steps a log line')
    parser.add_argument('--checkpoint', type=float, default=5, help='minutes between checkpoints')
    parser.add_argument('--no-fast', dest='fast', action='store_false', help='no bf16 products on the CPU')
    parser.add_argument('--no-compile', dest='compile', action='store_false',
                        help='no fused kernels on the CPU (they need a C++ compiler, and save a quarter of the time)')
    parser.add_argument('--tiny', action='store_true', help='two thin layers: a smoke test')
    options = parser.parse_args()
    options.run = options.run or Path(options.cache) / 'run'
    train(options)


if __name__ == '__main__':
    main()
