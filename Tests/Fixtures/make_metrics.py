"""Prints the scikit-learn and scipy values that Tests/FusionTests/MetricsTests.swift compares with."""
import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import f1_score, log_loss

p = np.array([[.7, .2, .1], [.1, .8, .1], [.3, .4, .3], [.25, .25, .5], [.05, .05, .9], [.6, .3, .1]])
y = np.array([0, 1, 2, 2, 2, 1])
print("NLL", repr(float(log_loss(y, p))))
print("F1", repr(float(f1_score(y, p.argmax(1), average="macro"))))
print("BRIER", repr(float(((p - np.eye(3)[y]) ** 2).sum(1).mean())))
print("SPEARMAN", repr(float(spearmanr([1, 2, 2, 3, 5, 5], [2, 1, 4, 4, 9, 7]).statistic)))
