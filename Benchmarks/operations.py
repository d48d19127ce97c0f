"""How many floating-point operations the matrix products of a training step take."""


def of_training_step(shape, batch, sparse_text):
    """Two a multiplication. The extractors' inputs need no gradient: two products there, three
    elsewhere. Sparse text counts what is not zero, whatever a side does with it."""
    modalities, (h, d, k) = len(shape["features"]), (shape["hidden"], shape["latent"], shape["bottleneck"])
    widths = [shape["words"] if sparse_text else shape["features"][0], *shape["features"][1:]]
    extractors = 2 * 2 * batch * sum(widths) * h
    heads = 3 * 2 * batch * modalities * h * 2 * d
    similarities = 3 * 2 * modalities * batch * batch * d
    bottleneck = 3 * 2 * batch * (d * 2 * k + k * shape["classes"])
    return extractors + heads + similarities + bottleneck
