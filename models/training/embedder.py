"""Embeddings by the encoder that ships, on the CPU; `Embedder` keeps them on disk, so that nothing is embedded twice."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

ENCODER = Path(__file__).resolve().parents[1] / "encoder"
DIMENSION, MAX_TOKENS, BATCH_TOKENS = 384, 256, 1400


class ShippedEncoder:
    """models/encoder by ONNX Runtime: on two cores 1.7 times as fast as sentence-transformers, and what the app uses."""

    def __init__(self, encoder: Path = ENCODER) -> None:
        self.tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            str(encoder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def batches(self, texts: list[str]) -> Iterator[tuple[list[int], np.ndarray]]:
        """(indices, float32 [k,384] of unit length) until all are through, short texts first."""
        encoded = [
            e.ids[: MAX_TOKENS - 1] + e.ids[-1:] if len(e.ids) > MAX_TOKENS else e.ids
            for e in self.tokenizer.encode_batch(texts)
        ]
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
        start, said, position = time.time(), time.time(), 0
        while position < len(order):
            size = max(1, BATCH_TOKENS // len(encoded[order[position]]))
            batch = order[position : position + size]
            width = len(encoded[batch[-1]])
            ids = np.zeros((len(batch), width), np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(batch):
                ids[row, : len(encoded[index])] = encoded[index]
                mask[row, : len(encoded[index])] = 1
            yield batch, self.session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            position += len(batch)
            if time.time() - said > 20:
                said = time.time()
                print(f"  {position}/{len(order)}, {position / (said - start):.0f} a second", flush=True)

    def __call__(self, texts: list[str]) -> np.ndarray:
        """float32 [n,384], unit length."""
        out = np.empty((len(texts), DIMENSION), np.float32)
        for batch, rows in self.batches(texts):
            out[batch] = rows
        return out


class Embedder:
    """The shipped encoder with its vectors kept in a folder."""

    def __init__(self, cache: Path, encoder: Path = ENCODER) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        # Vectors of another encoder must never be mixed in: the cache is named by the model's hash.
        name = hashlib.sha256((encoder / "model.onnx").read_bytes()).hexdigest()[:12]
        self.keys_file, self.rows_file = cache / f"{name}.keys", cache / f"{name}.f32"
        self.encoder = ShippedEncoder(encoder)
        keys = self.keys_file.read_bytes() if self.keys_file.exists() else b""
        rows = np.fromfile(self.rows_file, "<f4") if self.rows_file.exists() else np.empty(0, np.float32)
        count = min(len(keys) // 16, len(rows) // DIMENSION)
        self.rows = {keys[i * 16 : i * 16 + 16]: rows[i * DIMENSION : (i + 1) * DIMENSION] for i in range(count)}
        if count * 16 != len(keys) or count * DIMENSION != len(rows):  # a run that was cut off: keep what is whole
            self.keys_file.write_bytes(keys[: count * 16])
            rows[: count * DIMENSION].tofile(self.rows_file)

    @staticmethod
    def key(text: str) -> bytes:
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    def __call__(self, texts: list[str]) -> np.ndarray:
        """float32 [n,384], unit length."""
        if not texts:
            return np.empty((0, DIMENSION), np.float32)
        missing = list({self.key(t): t for t in texts if self.key(t) not in self.rows}.values())
        if missing:
            with self.keys_file.open("ab") as keys, self.rows_file.open("ab") as rows:
                for batch, out in self.encoder.batches(missing):
                    for row, index in zip(out, batch):
                        self.rows[self.key(missing[index])] = row
                        keys.write(self.key(missing[index]))
                    rows.write(out.astype("<f4").tobytes())
        return np.stack([self.rows[self.key(t)] for t in texts])
