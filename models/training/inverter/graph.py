"""The inverter as an ONNX graph, written node by node: 16 equal layers, int8 weights that the runtime folds at load.

Each matrix is stored as int8 with one fp32 scale per output channel; Cast and Mul restore it. Grouped-query attention
runs without repeating keys (the three query heads of a group stand as extra rows); 1/sqrt(64) is in the queries' scales.
"""
import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper

from language_model import EPS, FEED, HEAD_DIM, HEADS, HIDDEN, KV_HEADS, THETA, VOCABULARY
from .prompt import DENSE, MOVE

GROUP = HEADS // KV_HEADS
QUERY_SCALE = HEAD_DIM ** -0.5
OPSET = 17


def quantise(weight, axis):
    """int8 values and the fp32 scale per channel along `axis` (kept as a dimension)."""
    scale = np.abs(weight).max(1 - axis, keepdims=True) / 127 + 1e-12
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


class Graph:
    def __init__(self):
        self.nodes, self.initializers, self.count = [], [], 0

    def add(self, kind, *inputs, name=None, outputs=1, **attributes):
        self.count += 1
        names = [name or f'{kind}_{self.count}' if outputs == 1 else f'{kind}_{self.count}_{i}' for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, value, name=None):
        self.count += 1
        name = name or f'c_{self.count}'
        self.initializers.append(numpy_helper.from_array(np.asarray(value, order='C'), name))
        return name

    def ints(self, *values):
        return self.constant(np.array(values, np.int64))

    def matrix(self, name, weight, axis, factor=None):
        """A matrix in int8; `factor` multiplies the scales of its output channels."""
        small, scale = quantise(weight, axis)
        if factor is not None:
            scale = scale * factor
        cast = self.add('Cast', self.constant(small, name), to=T.FLOAT)
        return self.add('Mul', cast, self.constant(scale, f'{name}.scale'))

    def norm(self, x, weight, name):
        square = self.add('ReduceMean', self.add('Mul', x, x), axes=[-1], keepdims=1)
        root = self.add('Sqrt', self.add('Add', square, self.constant(np.float32(EPS))))
        return self.add('Mul', self.add('Div', x, root), self.constant(weight, name))

    def dimension(self, tensor, axis):
        return self.add('Gather', self.add('Shape', tensor), self.ints(axis), axis=0)


def build(weights, layers, feed=FEED):
    """weights: name -> float32 numpy, names as in Inverter.state_dict()."""
    g = Graph()
    table = g.matrix('lm.embed', weights['lm.embed'], 0)
    tokens = g.add('Add', g.add('Gather', table, 'ids', axis=0),
                   g.add('MatMul', 'hint', g.constant(weights['hint'].T, 'hint_map')))
    batch, steps = g.dimension('ids', 0), g.dimension('move', 1)
    dense = g.add('MatMul', 'move', g.matrix('dense', weights['dense'].T, 1))
    dense = g.add('Add', dense, g.constant(weights['slots'].reshape(-1), 'slots'))
    shape = g.add('Concat', batch, g.add('Mul', steps, g.ints(DENSE)), g.ints(HIDDEN), axis=0)
    x = g.add('Concat', g.add('Reshape', dense, shape, allowzero=1), tokens, axis=1)

    one = lambda value: g.add('Squeeze', value, g.ints(0))
    before, count = g.dimension('past', 0), g.dimension(x, 1)
    total = g.add('Add', before, count)
    zero, unit = g.constant(np.int64(0)), g.constant(np.int64(1))
    at = g.add('Unsqueeze', g.add('Range', one(before), one(total), unit), g.ints(1))  # [N, 1]
    every = g.add('Unsqueeze', g.add('Range', zero, one(total), unit), g.ints(0))  # [1, K]
    mask = g.add('Where', g.add('LessOrEqual', every, at), g.constant(np.float32(0)), g.constant(np.float32(-1e9)))
    mask = g.add('Concat', *[mask] * GROUP, axis=0)  # [GROUP * N, K]
    rate = (THETA ** (-np.arange(0, HEAD_DIM, 2) / HEAD_DIM)).astype(np.float32)[None]
    angle = g.add('Mul', g.add('Cast', at, to=T.FLOAT), g.constant(rate))
    angle = g.add('Unsqueeze', g.add('Concat', angle, angle, axis=1), g.ints(1))  # [N, 1, D]
    cos, sin = g.add('Cos', angle), g.add('Sin', angle)

    past = g.add('Transpose', 'past', perm=[1, 2, 3, 0, 4])  # [B, 2L, KV, P, D]
    width, new = KV_HEADS * HEAD_DIM, []
    factor = np.ones((1, (HEADS + 2 * KV_HEADS) * HEAD_DIM), np.float32)
    factor[:, :HEADS * HEAD_DIM] = QUERY_SCALE
    splits, halves = g.ints(HEADS + KV_HEADS, KV_HEADS), g.ints(HEAD_DIM // 2, HEAD_DIM // 2)
    parts, feeds = g.ints(HEADS, KV_HEADS), g.ints(feed, feed)
    by_head, flat = g.ints(0, 0, HEADS + 2 * KV_HEADS, HEAD_DIM), g.ints(0, 0, HIDDEN)
    grouped, rows = g.ints(0, 0, KV_HEADS, GROUP, HEAD_DIM), g.ints(0, KV_HEADS, -1, HEAD_DIM)
    ungrouped = g.ints(0, 0, GROUP, -1, HEAD_DIM)
    axis2 = g.ints(2)
    for i in range(layers):
        w = lambda name: weights[f'lm.blocks.{i}.{name}']
        key = lambda name: f'lm.blocks.{i}.{name}'
        h = g.norm(x, w('norm1'), key('norm1'))
        qkv = g.add('Reshape', g.add('MatMul', h, g.matrix(key('qkv'), w('qkv').T, 1, factor)), by_head)
        qk, v = g.add('Split', qkv, splits, outputs=2, axis=2)
        first, second = g.add('Split', qk, halves, outputs=2, axis=3)
        turned = g.add('Concat', g.add('Neg', second), first, axis=3)
        qk = g.add('Add', g.add('Mul', qk, cos), g.add('Mul', turned, sin))
        q, k = g.add('Split', qk, parts, outputs=2, axis=2)  # [B, N, heads, D]
        new += [g.add('Unsqueeze', k, axis2), g.add('Unsqueeze', v, axis2)]
        kv = [g.add('Concat', g.add('Gather', past, g.constant(np.int64(2 * i + j)), axis=1),
                    g.add('Transpose', z, perm=[0, 2, 1, 3]), axis=2) for j, z in enumerate((k, v))]
        q = g.add('Transpose', g.add('Reshape', q, grouped), perm=[0, 2, 3, 1, 4])  # [B, KV, GROUP, N, D]
        scores = g.add('MatMul', g.add('Reshape', q, rows), g.add('Transpose', kv[0], perm=[0, 1, 3, 2]))
        mixed = g.add('MatMul', g.add('Softmax', g.add('Add', scores, mask), axis=-1), kv[1])
        mixed = g.add('Transpose', g.add('Reshape', mixed, ungrouped), perm=[0, 3, 1, 2, 4])  # [B, N, KV, GROUP, D]
        x = g.add('Add', x, g.add('MatMul', g.add('Reshape', mixed, flat), g.matrix(key('out'), w('out').T, 1)))
        h = g.norm(x, w('norm2'), key('norm2'))
        gate, up = g.add('Split', g.add('MatMul', h, g.matrix(key('up'), w('up').T, 1)), feeds, outputs=2, axis=2)
        h = g.add('Mul', g.add('Mul', gate, g.add('Sigmoid', gate)), up)
        x = g.add('Add', x, g.add('MatMul', h, g.matrix(key('down'), w('down').T, 1)))
    g.add('Transpose', g.add('Concat', *new, axis=2), name='new', perm=[1, 0, 2, 3, 4])
    x = g.add('Slice', x, g.add('Neg', 'keep'), g.ints(2 ** 62), g.ints(1))
    x = g.add('Reshape', g.norm(x, weights['lm.norm'], 'lm.norm'), g.ints(-1, HIDDEN))
    x = g.add('Gemm', x, table, transB=1)
    g.add('Reshape', x, g.add('Concat', batch, g.ints(-1, VOCABULARY), axis=0), name='logits')

    f, n = T.FLOAT, T.INT64
    info = helper.make_tensor_value_info
    cache = [2 * layers, KV_HEADS, HEAD_DIM]
    graph = helper.make_graph(
        g.nodes, 'inverter',
        [info('ids', n, ['B', 'T']), info('hint', f, ['B', 'T', 4]), info('move', f, ['B', 'S', MOVE]),
         info('past', f, ['P', 'B', *cache]), info('keep', n, [1])],
        [info('logits', f, ['B', 'keep_count', VOCABULARY]), info('new', f, ['N', 'B', *cache])], g.initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', OPSET)], ir_version=8,
                              producer_name='noema')
    onnx.checker.check_model(model)
    return model


def weights_of(path):
    """The fp32 weights back from an exported file: what a later training run can start from."""
    model = onnx.load(str(path))
    stored = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    out = {'hint': stored['hint_map'].T, 'slots': stored['slots'].reshape(DENSE, HIDDEN)}
    for name, value in stored.items():
        if f'{name}.scale' in stored:
            full = value.astype(np.float32) * stored[f'{name}.scale']
            out[name] = full if name == 'lm.embed' else full.T
            if name.endswith('.qkv'):
                out[name] = out[name].copy()
                out[name][:HEADS * HEAD_DIM] /= QUERY_SCALE
        elif name.startswith('lm.') and not name.endswith('.scale'):
            out[name] = value
    return out
