"""Five epochs of the EAU model in PyTorch on the stamps' feature rows, as `eau` exported them:
stamps_training.py FEATURES.npy. One thread."""
import sys

import numpy as np
import torch
from fusion_model import EAU

EPOCHS, BATCH = 5, 64
torch.set_num_threads(1)
torch.manual_seed(1)
samples = np.load(sys.argv[1])
samples = samples[samples["split"] == "train"]
modalities = [name for name in samples.dtype.names if name not in ("id", "label", "split")]
rows = [torch.from_numpy(np.ascontiguousarray(samples[name])) for name in modalities]
classes, labels = np.unique(samples["label"], return_inverse=True)
labels = torch.from_numpy(labels)
shape = dict(features=[x.shape[1] for x in rows], hidden=128, latent=64, bottleneck=32,
             classes=len(classes))
model = EAU(shape, sparse_text=False, fast=True)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-2, fused=True)
for _ in range(EPOCHS):
    for chosen in torch.randperm(len(labels)).split(BATCH):
        noise = [torch.randn(len(rows), len(chosen), 64) for _ in range(2)]
        noise.append(torch.randn(len(chosen), 32))
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss([x[chosen] for x in rows], labels[chosen], *noise)
        loss.backward()
        optimizer.step()
print(loss.item())
