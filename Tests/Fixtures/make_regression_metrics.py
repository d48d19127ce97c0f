"""Writes regression_metrics.json: numbers, deviations and targets with what scikit-learn, scipy and
numpy say of them. Tests/FusionTests/RegressionMetricsTests.swift compares."""
import json
import os

import numpy as np
from scipy.stats import laplace, norm, pearsonr, spearmanr
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

g = np.random.default_rng(7)
n = 40
target = g.uniform(0, 100, n)
deviation = g.uniform(2, 12, n)
value = target + deviation * g.laplace(size=n) / np.sqrt(2)
epistemic = deviation**2 * g.uniform(0, 0.5, n)
aleatoric = deviation**2 - epistemic
total = np.sqrt(aleatoric + epistemic)
error = np.abs(value - target)

intervals = []
for share in (0.5, 0.8, 0.95):
    low, high = laplace.interval(share, loc=value, scale=total / np.sqrt(2))
    inside = (low <= target) & (target <= high)
    intervals.append({
        "share": share, "coverage": float(inside.mean()), "width": float((high - low).mean()),
        "firstLow": float(low[0]), "firstHigh": float(high[0]),
    })

out = {
    "value": value.tolist(), "target": target.tolist(), "aleatoric": aleatoric.tolist(),
    "epistemic": epistemic.tolist(),
    "mae": float(mean_absolute_error(target, value)),
    "rmse": float(np.sqrt(mean_squared_error(target, value))),
    "correlation": float(pearsonr(value, target).statistic),
    "determination": float(r2_score(target, value)),
    "nll": float(-norm.logpdf(target, loc=value, scale=total).mean()),
    "errorSpearman": float(spearmanr(error, total).statistic),
    "intervals": intervals,
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "regression_metrics.json")
with open(path, "w") as file:
    json.dump(out, file)
