"""Writes metrics.json, which Tests/FusionTests/Metrics/ compares with: random and degenerate cases
judged by scikit-learn and scipy. Needs numpy, scipy and scikit-learn.

Expected calibration error and the area under the risk-coverage curve have no function there and are
computed here from their definitions: np.digitize over (lower, upper] bins, and a cumulative mean over
samples sorted by confidence, earlier samples first among equals. Probabilities are float32, as ours."""
import json, os, warnings
import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import accuracy_score, f1_score, log_loss, roc_auc_score

warnings.simplefilter("ignore")
rng = np.random.default_rng(30)


def calibration_error(confidence, correct, bins=15):
    which = np.digitize(confidence, np.linspace(0, 1, bins + 1)[1:-1], right=True)
    gaps = [abs(correct[which == b].mean() - confidence[which == b].mean()) * (which == b).mean()
            for b in range(bins) if (which == b).any()]
    return float(sum(gaps))


def risk_coverage(confidence, correct):
    errors = 1 - correct[np.argsort(-confidence, kind="stable")]
    return float((np.cumsum(errors) / np.arange(1, len(errors) + 1)).mean())


def classification(name, p, y):
    p = np.asarray(p, dtype=np.float32).astype(float)
    y = np.asarray(y)
    predicted, classes = p.argmax(1), p.shape[1]
    correct = (predicted == y).astype(float)
    return dict(
        name=name, classes=classes, probabilities=p.ravel().tolist(), labels=y.tolist(),
        accuracy=float(accuracy_score(y, predicted)),
        nll=float(log_loss(y, p, labels=range(classes))),
        brier=float(((p - np.eye(classes)[y]) ** 2).sum(1).mean()),
        macro_f1=float(f1_score(y, predicted, average="macro")),
        ece=calibration_error(p.max(1), correct), aurc=risk_coverage(p.max(1), correct))


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


cases = []
for n, c, sharpness in ((6, 3, 1), (50, 2, 2), (200, 10, 3), (333, 5, 0.3), (64, 4, 8)):
    y = rng.integers(0, c, n)
    cases.append(classification(f"random {n}x{c}", softmax(sharpness * (rng.normal(size=(n, c)) + np.eye(c)[y])), y))
cases += [
    classification("one row", [[0.2, 0.5, 0.3]], [1]),
    classification("one wrong row", [[0.2, 0.5, 0.3]], [0]),
    classification("certain and right", np.eye(3)[[0, 1, 2, 2]], [0, 1, 2, 2]),
    classification("certain and wrong", np.eye(3)[[1, 2, 0, 0]], [0, 1, 2, 2]),
    classification("equal probabilities", np.full((8, 4), 0.25), [0, 1, 2, 3, 0, 0, 1, 2]),
    classification("one class in the labels", softmax(rng.normal(size=(20, 3))), [1] * 20),
    classification("a class never met", softmax(rng.normal(size=(20, 5)) - 9 * np.eye(5)[4]), rng.integers(0, 4, 20)),
    # 0.5 and 1 are exact in binary: 0.5 lies inside a bin, 1 on the edge of the last.
    classification("confidences that repeat", np.array([[0.5, 0.25, 0.25], [1, 0, 0], [0.25, 0.5, 0.25]])[rng.integers(0, 3, 40)], rng.integers(0, 3, 40)),
]


def maybe(x):
    return None if np.isnan(x) else float(x)


ranks = []
for n in (2, 3, 10, 100):
    x = rng.normal(size=n)
    ranks.append((x, x * x + rng.normal(size=n)))
    ranks.append((np.round(2 * x), np.round(x + rng.normal(size=n))))
ranks += [([1, 2, 2, 3, 5, 5], [2, 1, 4, 4, 9, 7]), ([1, 1, 1], [1, 2, 3]), ([1, 2, 3], [7, 7, 7]),
          ([1, 2, 3], [3, 2, 1]), ([0, 0, 1, 1], [1, 1, 0, 0]), ([0] * 11 + [1], list(range(12)))]
spearman = [dict(x=[float(v) for v in x], y=[float(v) for v in y], rho=maybe(spearmanr(x, y).statistic)) for x, y in ranks]

roc = []
for n, ties in ((10, False), (100, False), (100, True), (400, True)):
    positive = rng.random(n) < 0.4
    positive[:2] = [True, False]
    score = rng.normal(size=n) + positive
    roc.append((np.round(score) if ties else score, positive))
roc += [([1, 1, 1, 1], [1, 0, 1, 0]), ([1, 2, 3, 4], [0, 0, 1, 1]), ([4, 3, 2, 1], [0, 0, 1, 1]), ([2, 2], [0, 1]),
        ([1, 2, 2, 3], [0, 1, 0, 1]), ([-1e300, 1e300, 0], [0, 1, 1]), ([1, 2], [1, 1]), ([1, 2], [0, 0])]
roc = [dict(scores=[float(v) for v in s], positives=[int(v) for v in p],
            area=float(roc_auc_score(np.asarray(p, int), s)) if len(set(map(int, p))) == 2 else None) for s, p in roc]

here = os.path.dirname(os.path.abspath(__file__))
json.dump(dict(classification=cases, spearman=spearman, roc=roc), open(os.path.join(here, "metrics.json"), "w"), separators=(",", ":"))
