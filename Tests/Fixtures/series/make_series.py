"""Writes series.json, which Tests/TimeSeriesTests compares with: what numpy and scipy say of a few
series. Needs numpy and scipy."""
import json
import os

import numpy as np
from scipy import signal, stats

rng = np.random.default_rng(7)


def features(x, rate, window, bands):
    n, mean, std = len(x), x.mean(), x.std()
    t = np.arange(n) / rate
    size = window
    while size > n:
        size //= 2
    f, p = signal.welch(x, rate, window="hann", nperseg=size, detrend="constant")
    k = np.arange(1, len(f))
    which = (k - 1) * bands // len(k)
    share = p[1:] / p[1:].sum()
    positive = share[share > 0]
    return {
        "statistics": [
            mean, std, x.min(), x.max(), np.median(x),
            np.percentile(x, 75) - np.percentile(x, 25), stats.skew(x), stats.kurtosis(x),
            np.sqrt((x**2).mean()), np.abs(np.diff(x)).mean(),
            np.mean((x[1:] > mean) != (x[:-1] > mean)), stats.linregress(t, x).slope,
            ((x[1:] - mean) * (x[:-1] - mean)).sum() / ((n - 1) * std**2)],
        "density": p.tolist(),
        "bands": [p[1:][which == b].sum() * f[1] for b in range(bands)],
        "dominantFrequency": f[1 + np.argmax(p[1:])],
        "centroid": (f[1:] * share).sum(),
        "entropy": -(positive * np.log(positive)).sum() / np.log(len(share)),
    }


def case(name, x, rate, window, bands):
    x = np.round(x, 6)
    return {"name": name, "rate": rate, "window": window, "bands": bands, "values": x.tolist(),
            "expected": features(x, rate, window, bands)}


t = np.arange(300)
first, second = rng.normal(size=40), rng.normal(size=40)
second += 0.5 * first
cases = [
    case("noise", rng.normal(3, 2, 300), 100.0, 64, 8),
    case("tone", np.sin(2 * np.pi * t / 16) + 0.01 * rng.normal(size=300), 8.0, 128, 5),
    case("walk", np.cumsum(rng.normal(size=300)), 0.5, 16, 3),
    case("short", rng.exponential(size=50), 1.0, 256, 8),
    case("tiny", rng.normal(size=8), 1.0, 256, 3),
]
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "series.json")
with open(path, "w") as file:
    json.dump({"cases": cases, "correlation": {
        "first": first.tolist(), "second": second.tolist(),
        "r": stats.pearsonr(first, second).statistic}}, file)
    file.write("\n")
