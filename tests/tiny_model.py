"""A sentence-transformers model made on the spot: one random BERT layer over the characters of a text, mean pooling."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import BertConfig, PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WIDTH, LONGEST, SEED = 32, 128, 2007


def save_tiny_model(folder: Path, text: str) -> Path:
    """Save the model to a folder, which is returned. The same text gives the same weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    tokenizer = _tokenizer(text)
    bert = folder.with_name(f"{folder.name}-bert")
    with torch.random.fork_rng():
        torch.manual_seed(SEED)
        BertModel(_config(len(tokenizer))).save_pretrained(bert)
    tokenizer.save_pretrained(bert)
    SentenceTransformer(modules=[Transformer(str(bert), max_seq_length=LONGEST), Pooling(WIDTH)], device="cpu").save(str(folder))
    return folder


def save_tiny_cross_encoder(folder: Path, text: str, labels: int = 1) -> Path:
    """Save a CrossEncoder, the same BERT with a head over pairs of texts, as safetensors to a folder, which is returned."""
    import torch
    from transformers import BertForSequenceClassification

    tokenizer = _tokenizer(text)
    config = _config(len(tokenizer))
    config.num_labels = labels
    with torch.random.fork_rng():
        torch.manual_seed(SEED)
        model = BertForSequenceClassification(config)
        torch.nn.init.normal_(model.classifier.weight, std=3.0)  # so that scores differ by more than rounding
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _config(vocabulary: int) -> BertConfig:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=2 * WIDTH,
        max_position_embeddings=LONGEST,
    )


def _tokenizer(text: str) -> PreTrainedTokenizerFast:
    """WordPiece over single characters; BERT's normaliser puts spaces around Chinese ones."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    characters = sorted({*text, *string.printable} - {*string.whitespace})
    pieces = [*SPECIAL, *characters, *(f"##{character}" for character in string.digits + string.ascii_lowercase)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [(mark, vocabulary[mark]) for mark in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ends)
    names = {f"{mark.strip('[]').lower()}_token": mark for mark in SPECIAL}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=LONGEST, **names)
