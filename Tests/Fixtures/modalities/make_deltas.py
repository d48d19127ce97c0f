#!/usr/bin/env python3
"""Writes golden-deltas.json beside this file: librosa's deltas of the MFCC in ../golden.json, and of
a sound of few frames. Needs numpy, scipy and librosa; deterministic. The values are checked against
a least-squares fit of each window by numpy's polyfit before they are written."""
import json, os
import numpy as np, librosa, scipy

here = os.path.dirname(os.path.abspath(__file__))
golden = json.load(open(os.path.join(here, "..", "golden.json")))
mfcc = np.array(golden["audio"]["slaney_scale_slaney_norm"]["mfcc"])[:8]


def fitted(values, width, order):
    """The derivative at the middle of the polynomial through each window; the ends lean on theirs."""
    reach, count = width // 2, values.shape[1]
    result = np.zeros_like(values)
    for frame in range(count):
        middle = min(max(frame, reach), count - 1 - reach)
        places = np.arange(middle - reach, middle + reach + 1)
        for row in range(values.shape[0]):
            polynomial = np.poly1d(np.polyfit(places - frame, values[row, places], order))
            result[row, frame] = polynomial.deriv(order)(0)
    return result


def entry(values, width):
    result = dict(width=width, mfcc=values.tolist())
    for order, name in ((1, "delta"), (2, "deltaDelta")):
        deltas = librosa.feature.delta(values, width=width, order=order, mode="interp")
        assert np.abs(deltas - fitted(values, width, order)).max() < 1e-9
        result[name] = deltas.tolist()
    return result


out = dict(
    full=entry(mfcc, 9), short=entry(mfcc[:, :6], 5), shortest=entry(mfcc[:, :3], 3),
    versions=dict(librosa=librosa.__version__, numpy=np.__version__, scipy=scipy.__version__))
with open(os.path.join(here, "golden-deltas.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
