"""Writes extreme-sigma.json: KL, pair loss, calibration loss and fusion weights where sigma runs from
1e-8 to 1e4, with gradients, each from its definition in 200-digit arithmetic. Needs mpmath and numpy.

Central differences cannot resolve these: the loss is dominated by terms of 1e24. Every input is a
float32, so that Float and Double can be held against the same numbers. A gradient is that of
`scalar` (fusion: sum of fused * cotangent), of one element, not averaged."""
import itertools, json, os
import mpmath as mp
import numpy as np

mp.mp.dps = 200
here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20)
f32 = lambda x: float(np.float32(x))
M = mp.mpf


def out(x):
    """The nearest double; what is too small for one is 0."""
    return float(x) if abs(x) > M("1e-300") else 0.0


def kl(m1, s1, m2, s2):
    return mp.log(s2 / s1) + (s1 * s1 + (m1 - m2) ** 2) / (2 * s2 * s2) - M(1) / 2


def kl_gradient(m1, s1, m2, s2):
    """With respect to mu1, sigma1, mu2, sigma2."""
    d = (m1 - m2) / s2 ** 2
    return [d, s1 / s2 ** 2 - 1 / s1, -d, 1 / s2 - (s1 ** 2 + (m1 - m2) ** 2) / s2 ** 3]


def pair(mu, sigma):
    n = len(mu)
    total, gm, gs = M(0), [M(0)] * n, [M(0)] * n
    for a, b in itertools.permutations(range(n), 2):
        total += kl(mu[a], sigma[a], mu[b], sigma[b])
        g = kl_gradient(mu[a], sigma[a], mu[b], sigma[b])
        gm[a] += g[0]; gs[a] += g[1]; gm[b] += g[2]; gs[b] += g[3]
    return total, gm, gs


def fusion(rule, g, mu, sigma, cotangent):
    """mu and sigma [M][D]; the gradient with respect to sigma by the chain rule of the softmax."""
    n, D = len(mu), len(mu[0])
    mean = [mp.fsum(s) / D for s in sigma]
    score, slope = {
        "perDimension": (lambda m, d: g / sigma[m][d], lambda m, d: -g / sigma[m][d] ** 2),
        "perModality": (lambda m, d: g / mean[m], lambda m, d: -g / mean[m] ** 2 / D),
        "precision": (lambda m, d: -2 * mp.log(sigma[m][d]), lambda m, d: -2 / sigma[m][d]),
        "uniform": (lambda m, d: M(0), lambda m, d: M(0)),
        "varianceSwap": (lambda m, d: sigma[1 - m][d] ** 2, None),
    }[rule]
    alpha = [[M(0)] * D for _ in range(n)]
    for d in range(D):
        scores = [score(m, d) for m in range(n)]
        top = max(scores)
        e = [mp.e ** (s - top) for s in scores]
        for m in range(n):
            alpha[m][d] = e[m] / mp.fsum(e)
    fused = [mp.fsum(alpha[m][d] * mu[m][d] for m in range(n)) for d in range(D)]
    gmu = [[alpha[m][d] * cotangent[d] for d in range(D)] for m in range(n)]
    to_score = [[alpha[m][d] * cotangent[d] * (mu[m][d] - fused[d]) for d in range(D)] for m in range(n)]
    if rule == "perModality":
        to_score = [[mp.fsum(row)] * D for row in to_score]
    gsigma = [[M(0)] * D for _ in range(n)]
    for m in range(n):
        for d in range(D):
            if rule == "varianceSwap":
                gsigma[1 - m][d] += to_score[m][d] * 2 * sigma[1 - m][d]
            else:
                gsigma[m][d] += to_score[m][d] * slope(m, d)
    scalar = mp.fsum(f * c for f, c in zip(fused, cotangent))
    return alpha, fused, scalar, gmu, gsigma


def exact(values):
    return [exact(v) for v in values] if isinstance(values, list) else M(values)


def plain(values):
    return [plain(v) for v in values] if isinstance(values, list) else out(values)


levels = [1e-8, 1e-4, 1.0, 1e2, 1e4]
# Beside each level its neighbour one float32 step up: nearly equal sigmas.
sigmas = [f32(s) for s in levels] + [float(np.nextafter(np.float32(s), np.float32(1e9))) for s in levels]
# Two of the means nearly coincide.
means = [f32(0.3), float(np.nextafter(np.float32(0.3), np.float32(1))), f32(-2), f32(500)]

kls = []
for s1, s2 in itertools.product(sigmas, sigmas):
    m1, m2 = (means[i] for i in rng.integers(0, len(means), 2))
    arguments = exact([m1, s1, m2, s2])
    kls.append(dict(arguments=[m1, s1, m2, s2], value=out(kl(*arguments)), gradient=plain(kl_gradient(*arguments))))

standard = []
for s in sigmas:
    for m in means:
        a = exact([m, s, 0.0, 1.0])
        standard.append(dict(mu=m, sigma=s, value=out(kl(*a)), gradient=plain(kl_gradient(*a)[:2])))

pairs = []
for n in (2, 3, 6, 12):
    for _ in range(20):
        mu = [means[i] for i in rng.integers(0, len(means), n)]
        sigma = [sigmas[i] for i in rng.integers(0, len(sigmas), n)]
        value, gm, gs = pair(exact(mu), exact(sigma))
        pairs.append(dict(mu=mu, sigma=sigma, value=out(value), grad_mu=plain(gm), grad_sigma=plain(gs)))

calibrations = []
for s in sigmas:
    for m, t in itertools.product(means[:3], means[:3]):
        r = (M(m) - M(t)) / M(s)
        calibrations.append(dict(mu=m, target=t, sigma=s, value=out(r * r / 2 + mp.log(M(s))), grad_mu=out(r / M(s)), grad_sigma=out((1 - r * r) / M(s))))

fusions = []
for rule, sizes in dict(perDimension=(2, 3, 6), perModality=(2, 3, 6), precision=(2, 3, 6), uniform=(3,), varianceSwap=(2,)).items():
    for n in sizes:
        for sharpness in (0.25, 1.0, 3.0):
            for _ in range(6):
                # The mean of two equal float32 is exact, of three it is not.
                D = 2 if rule == "perModality" else 3
                mu = [[f32(v) for v in rng.normal(size=D)] for _ in range(n)]
                if rule == "perModality":
                    sigma = [[sigmas[i]] * D for i in rng.integers(0, len(sigmas), n)]
                else:
                    sigma = [[sigmas[i] for i in rng.integers(0, len(sigmas), D)] for _ in range(n)]
                # Near the leader, where the weights are neither 0 nor 1.
                if rng.random() < 0.5:
                    low = min(min(row) for row in sigma)
                    step = {"perDimension": low, "perModality": low, "precision": 0.5, "uniform": 1, "varianceSwap": 1e-4}[rule]
                    row = [f32(low * (1 + step * rng.uniform(0.5, 3)))] * D
                    sigma[-1] = row
                    sigma[0] = [low] * D
                cotangent = [f32(v) for v in rng.normal(size=D)]
                alpha, fused, scalar, gm, gs = fusion(rule, M(sharpness), exact(mu), exact(sigma), exact(cotangent))
                fusions.append(dict(rule=rule, sharpness=sharpness, mu=mu, sigma=sigma, cotangent=cotangent, alpha=plain(alpha), fused=plain(fused), scalar=out(scalar), grad_mu=plain(gm), grad_sigma=plain(gs)))

json.dump(dict(kl=kls, standard=standard, pair=pairs, calibration=calibrations, fusion=fusions), open(os.path.join(here, "extreme-sigma.json"), "w"), separators=(",", ":"))
