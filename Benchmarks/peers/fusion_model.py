"""The EAU model and its training loss in PyTorch, written twice: term by term as the formulas stand
(`fast` false), and with as few kernels as we could find (`fast` true). Both give the same loss."""
import torch
from torch import nn
from torch.nn import functional as F

BETA, PAIR_AND_PRIOR, AUGMENTATION, TAU = 1e-3, 1e-3, 0.1, 0.1


class EAU(nn.Module):
    """mu and ln sigma² of a modality come from one layer of 2 D outputs."""

    def __init__(self, shape, sparse_text, fast):
        super().__init__()
        h, d, k = shape["hidden"], shape["latent"], shape["bottleneck"]
        self.sparse_text, self.fast = sparse_text, fast
        self.extractors = nn.ModuleList(nn.Linear(n, h) for n in shape["features"])
        if sparse_text:
            self.words = nn.EmbeddingBag(shape["features"][0], h, mode="sum")
            self.words_bias = nn.Parameter(torch.zeros(h))
            self.extractors[0] = nn.Identity()
        self.heads = nn.ModuleList(nn.Linear(h, 2 * d) for _ in shape["features"])
        self.latent = nn.Linear(d, 2 * k)
        self.classifier = nn.Linear(k, shape["classes"])

    @torch.no_grad()
    def load(self, numbers, shape):
        """Parameters in the package's order: W [inputs, outputs] and b of each layer."""
        h, d, k = shape["hidden"], shape["latent"], shape["bottleneck"]

        def take(inputs, outputs):
            nonlocal numbers
            weight, bias = numbers[:inputs * outputs], numbers[inputs * outputs:][:outputs]
            numbers = numbers[(inputs + 1) * outputs:]
            return weight.view(inputs, outputs), bias

        def put(layer, *parts):
            layer.weight.copy_(torch.cat([weight for weight, _ in parts], 1).T)
            layer.bias.copy_(torch.cat([bias for _, bias in parts]))

        for m, features in enumerate(shape["features"]):
            weight, bias = take(features, h)
            if self.sparse_text and m == 0:
                self.words.weight.copy_(weight)
                self.words_bias.copy_(bias)
            else:
                put(self.extractors[m], (weight, bias))
            put(self.heads[m], take(h, d), take(h, d))
        put(self.latent, take(d, k), take(d, k))
        put(self.classifier, take(k, shape["classes"]))

    def gaussians(self, rows):
        """mu and ln sigma², [M, B, D] each."""
        pairs = []
        for m, x in enumerate(rows):
            if self.sparse_text and m == 0:
                indices, offsets, values = x
                linear = self.words(indices, offsets, per_sample_weights=values) + self.words_bias
            else:
                linear = self.extractors[m](x)
            pairs.append(self.heads[m](torch.relu(linear)))
        mu, logvar = torch.stack(pairs).chunk(2, -1)
        return mu, logvar.clamp(-10, 10)

    def encode_and_fuse(self, rows):
        """mu, sigma and alpha [M, B, D], x̂ [B, D]"""
        mu, logvar = self.gaussians(rows)
        sigma = torch.exp(0.5 * logvar)
        alpha = torch.softmax(1 / sigma, 0)
        return mu, sigma, alpha, (alpha * mu).sum(0)

    def predict(self, rows):
        """All of that, and class probabilities [B, C] from mu_z."""
        mu, sigma, alpha, fused = self.encode_and_fuse(rows)
        latent = self.latent(fused).chunk(2, -1)[0]
        return mu, sigma, alpha, fused, torch.softmax(self.classifier(latent), -1)

    def loss(self, rows, labels, anchor_noise, augmented_noise, latent_noise):
        mu, logvar = self.gaussians(rows)
        sigma = torch.exp(0.5 * logvar)
        fused = (torch.softmax(1 / sigma, 0) * mu).sum(0)
        latent_mu, latent_logvar = self.latent(fused).chunk(2, -1)
        latent_logvar = latent_logvar.clamp(-10, 10)
        z = latent_mu + torch.exp(0.5 * latent_logvar) * latent_noise
        if self.fast:
            divergence = divergence_of_all(mu, logvar)
            contrast = contrast_of(mu + sigma * anchor_noise, mu + sigma * augmented_noise)
        else:
            divergence = divergence_by_pairs(mu, sigma)
            contrast = sum(
                contrast_of(*both)
                for both in zip(mu + sigma * anchor_noise, mu + sigma * augmented_noise))
        bottleneck = 0.5 * (
            latent_mu**2 + torch.exp(latent_logvar) - 1 - latent_logvar).sum(-1).mean()
        return (F.cross_entropy(self.classifier(z), labels) + BETA * bottleneck
                + PAIR_AND_PRIOR * divergence + AUGMENTATION * contrast)


def divergence_by_pairs(mu, sigma):
    """L_UDR: KL over all ordered pairs, and of each modality to N(0, I)."""
    total = 0
    for a in range(len(mu)):
        for b in range(len(mu)):
            if a != b:
                total = total + (
                    torch.log(sigma[b]) - torch.log(sigma[a])
                    + (sigma[a]**2 + (mu[a] - mu[b])**2) / (2 * sigma[b]**2) - 0.5).sum(-1)
        total = total + (0.5 * (mu[a]**2 + sigma[a]**2 - 1) - torch.log(sigma[a])).sum(-1)
    return total.mean()


def divergence_of_all(mu, logvar):
    """The same: over ordered pairs the logarithms cancel, and sums over a are the same for all b."""
    modalities, batch, dimensions = mu.shape
    variance = torch.exp(logvar)
    square = mu * mu
    sums = (square + variance).sum(0) - 2 * mu * mu.sum(0) + modalities * square - variance
    pairs = (torch.exp(-logvar) * sums).sum() - modalities * (modalities - 1) * batch * dimensions
    return 0.5 * (pairs + (square + variance - 1 - logvar).sum()) / batch


def contrast_of(anchors, augmented):
    """L_URA (infoNCE, cosine); over [M, B, D] its sum over the modalities."""
    similarity = F.normalize(anchors, dim=-1) @ F.normalize(augmented, dim=-1).mT / TAU
    positive = torch.diagonal(similarity, dim1=-2, dim2=-1)
    return (torch.logsumexp(similarity, -1) - positive).mean(-1).sum()
