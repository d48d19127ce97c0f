"""Writes baselines.json: reference values for the baselines of Sources/Fusion/Baselines.

Needs numpy, scipy and scikit-learn. Run it in its own folder: python3 make_baselines.py
Everything is computed from the published formulas, in the form the papers print them.
"""

import json

import numpy as np
from scipy.special import digamma, gammaln, logsumexp, polygamma, softmax
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(7)


def gamma_functions():
    x = [1e-3, 0.1, 0.5, 1.0, 1.4616321449683623, 2.0, 3.25, 9.999, 10.0, 10.001, 57.3, 1e3, 1e6, 1e12]
    return {
        "x": x,
        "logGamma": gammaln(x).tolist(),
        "digamma": digamma(x).tolist(),
        "trigamma": polygamma(1, x).tolist(),
    }


def dempster(e1, e2):
    """Equation 4 of Han et al. 2021, with the conflict written out."""
    classes = len(e1)
    s1, s2 = (e1 + 1).sum(), (e2 + 1).sum()
    b1, b2, u1, u2 = e1 / s1, e2 / s2, classes / s1, classes / s2
    conflict = sum(b1[i] * b2[j] for i in range(classes) for j in range(classes) if i != j)
    b = (b1 * b2 + b1 * u2 + b2 * u1) / (1 - conflict)
    u = u1 * u2 / (1 - conflict)
    return b * classes / u, b, u, conflict


def combination():
    views = np.array([[9.0, 0.5, 0.0], [0.25, 7.0, 1.0], [0.0, 0.125, 3.0]])
    two, b, u, conflict = dempster(views[0], views[1])
    three = dempster(two, views[2])[0]
    return {
        "views": views.tolist(), "two": two.tolist(), "three": three.tolist(),
        "beliefs": b.tolist(), "uncertainty": u, "conflict": conflict,
    }


def evidential_loss():
    evidence = np.array([[4.0, 0.5, 1.0], [0.0, 0.25, 30.0], [2.0, 2.0, 0.125]])
    labels = [0, 1, 2]
    annealing = 0.3
    losses = []
    for e, y in zip(evidence, labels):
        alpha = e + 1
        s = alpha.sum()
        wrong = alpha.copy()
        wrong[y] = 1
        t = wrong.sum()
        kl = (
            gammaln(t) - gammaln(wrong).sum() - gammaln(len(e))
            + ((wrong - 1) * (digamma(wrong) - digamma(t))).sum()
        )
        losses.append(digamma(s) - digamma(alpha[y]) + annealing * kl)
    return {
        "evidence": evidence.tolist(), "labels": labels, "annealing": annealing,
        "losses": losses, "mean": float(np.mean(losses)),
    }


def qmf():
    logits = rng.normal(0, 3, (2, 3, 4))
    weights = logsumexp(logits, axis=2) / 10
    fused = (weights[:, :, None] * logits).sum(0)
    return {
        "logits": logits.tolist(), "weights": weights.tolist(), "fused": fused.tolist(),
        "probabilities": softmax(fused, axis=1).tolist(),
    }


def attention():
    h = rng.normal(0, 1, (3, 2, 4))
    u, c, v = rng.normal(0, 1, (4, 4)), rng.normal(0, 1, 4), rng.normal(0, 1, (4, 1))
    scores = np.tanh(h @ u + c) @ v
    alpha = softmax(scores[:, :, 0], axis=0)
    pooled = (alpha[:, :, None] * h).sum(0)
    # Row 1 again without the first modality.
    alone = softmax(scores[1:, 1, 0])
    return {
        "h": h.tolist(), "U": u.tolist(), "c": c.tolist(), "v": v.tolist(),
        "alpha": alpha.tolist(), "pooled": pooled.tolist(), "alphaWithoutFirst": alone.tolist(),
    }


def logistic(classes, seed):
    """Features are multiples of 1/64, so that they are the same in single precision."""
    local = np.random.default_rng(seed)
    rows = 40
    labels = np.arange(rows) % classes
    dense = local.normal(0, 1, (rows, 3)) + labels[:, None] * [0.5, -0.25, 0.0]
    dense = np.round(dense * 64) / 64
    sparse = np.round(local.uniform(0, 2, (rows, 5)) * (local.uniform(size=(rows, 5)) < 0.3) * 64) / 64
    x = np.hstack([dense, sparse])
    c = 0.7
    # With two classes scikit-learn fits one sigmoid, whose minimum is the softmax's at twice the C.
    model = LogisticRegression(C=c if classes > 2 else 2 * c, tol=1e-13, max_iter=100000)
    model.fit(x, labels)
    result = {
        "C": c, "labels": labels.tolist(), "dense": dense.tolist(), "sparse": sparse.tolist(),
        "probabilities": model.predict_proba(x).tolist(),
    }
    if classes > 2:
        # scikit-learn's coefficients are [classes, features].
        result |= {"weights": model.coef_.T.tolist(), "bias": model.intercept_.tolist()}
    return result


with open("baselines.json", "w") as file:
    json.dump(
        {
            "gamma": gamma_functions(), "combination": combination(),
            "evidentialLoss": evidential_loss(), "qmf": qmf(), "attention": attention(),
            "logistic": logistic(3, 1), "logisticTwoClasses": logistic(2, 2),
        },
        file, indent=1)
    file.write("\n")
