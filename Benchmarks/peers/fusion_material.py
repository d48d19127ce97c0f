"""Writes what the training and the inference of both sides work on: fusion_material.py FOLDER
SHAPE.json.

Rows of text (word counts; with 80 draws a sample about 58 of 2000 are not zero), picture and sound;
the first parameters, in the order and layout of the package; noise for the check that both sides do
the same work.
"""
import json, pathlib, sys

import numpy as np

# The largest batch that is checked.
CHECKED_BATCH = 256


def text(labels, features, draws, rng):
    """ln(1 + count) of words drawn by Zipf's law; each class prefers forty of them."""
    preferred = [rng.permutation(features)[:40] for _ in range(labels.max() + 1)]
    rows = np.zeros((len(labels), features), np.float32)
    for row, label in zip(rows, labels):
        chances = 1 / np.arange(1, features + 1)
        chances[preferred[label]] += 0.02
        words = rng.choice(features, draws, p=chances / chances.sum())
        row[:] = np.log1p(np.bincount(words, minlength=features))
    return rows


def centred(labels, features, rng):
    centres = 0.3 * rng.standard_normal((labels.max() + 1, features))
    return centres[labels] + rng.standard_normal((len(labels), features))


def layers(shape):
    """(inputs, outputs) of each linear layer, in the package's order."""
    h, d, k = shape["hidden"], shape["latent"], shape["bottleneck"]
    own = [layer for features in shape["features"] for layer in ((features, h), (h, d), (h, d))]
    return own + [(d, k), (d, k), (k, shape["classes"])]


def parameters(shape, rng):
    """Uniform in ±1/√inputs: of each layer W [inputs, outputs], then b."""
    return np.concatenate([
        rng.uniform(-1, 1, (inputs + 1) * outputs) / np.sqrt(inputs)
        for inputs, outputs in layers(shape)])


def write(folder, shape):
    rng = np.random.default_rng(0)
    folder = pathlib.Path(folder)
    labels = rng.integers(0, shape["classes"], shape["rows"])
    for m, features in enumerate(shape["features"]):
        rows = (centred(labels, features, rng) if m else
                text(labels, features, shape["draws"], rng))
        rows.astype(np.float32).tofile(folder / f"rows{m}.f32")
        if m == 0:
            shape["words"] = float((rows != 0).sum(1).mean())
    labels.astype(np.int32).tofile(folder / "labels.i32")
    parameters(shape, rng).astype(np.float32).tofile(folder / "parameters.f32")
    numbers = 2 * len(shape["features"]) * shape["latent"] + shape["bottleneck"]
    rng.standard_normal(min(CHECKED_BATCH, shape["rows"]) * numbers, np.float32).tofile(folder / "noise.f32")
    (folder / "shape.json").write_text(json.dumps(shape))


if __name__ == "__main__":
    write(sys.argv[1], json.load(open(sys.argv[2])))
