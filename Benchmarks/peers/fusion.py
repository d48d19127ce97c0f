"""Training and inference in PyTorch: fusion.py WORK MODE THREADS FOLDER.

MODE: `eager` (term by term), `fast` (few kernels), `sparse` (fast, text as bags of words), `compile` and
`compile-sparse` (the same two under torch.compile).
"""
import json, os, sys

work, mode, threads, folder = sys.argv[1:]
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = threads
import numpy as np
import torch
from fusion_model import EAU
from torch.nn import functional as F
from turns import take_turns

torch.set_num_threads(int(threads))
torch.set_flush_denormal(True)
torch.manual_seed(0)
sparse, compiled = mode.endswith("sparse"), mode.startswith("compile")


def numbers(name, type=np.float32):
    return torch.from_numpy(np.fromfile(f"{folder}/{name}", dtype=type))


def bags(rows, entries):
    """Word numbers, where each sample's begin, and their values; words of value 0 are added to the
    last sample up to `entries`, since torch.compile wants equal shapes."""
    places = rows.nonzero()
    counts = torch.bincount(places[:, 0], minlength=len(rows))
    missing = (0, entries - len(places))
    return (F.pad(places[:, 1], missing), counts.cumsum(0) - counts, F.pad(rows[rows != 0], missing))


def batches(shape, size):
    rows = [numbers(f"rows{m}.f32").view(-1, n) for m, n in enumerate(shape["features"])]
    labels = numbers("labels.i32", np.int32).long()
    starts = range(0, len(labels) - size + 1, size)
    entries = max(int((rows[0][start:start + size] != 0).sum()) for start in starts)
    for start in starts:
        batch = [x[start:start + size] for x in rows]
        if sparse:
            batch[0] = bags(batch[0], entries)
        yield batch, labels[start:start + size]


def train(shape, size):
    d, k, modalities = shape["latent"], shape["bottleneck"], len(shape["features"])
    prepared = list(batches(shape, size))
    model = EAU(shape, sparse, mode != "eager")
    loss_of = torch.compile(model.loss, dynamic=False) if compiled else model.loss

    def start():
        nonlocal optimizer, taken
        model.load(numbers("parameters.f32"), shape)
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-2, fused=True)
        taken = 0

    def fresh():
        return (torch.randn(modalities, size, d), torch.randn(modalities, size, d),
                torch.randn(size, k))

    def given():
        values, block = numbers("noise.f32"), modalities * size * d
        return (values[:block].view(modalities, size, d),
                values[block:2 * block].view(modalities, size, d),
                values[2 * block:][:size * k].view(size, k))

    def step(noise=fresh):
        nonlocal taken
        rows, labels = prepared[taken % len(prepared)]
        taken += 1
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(rows, labels, *noise())
        loss.backward()
        optimizer.step()
        return loss

    def check():
        start()
        return [step(given).item() for _ in range(4)]

    optimizer, taken = None, 0
    start()
    take_turns(step, 1, check)


def infer(shape, size, whole):
    """From rows to the fused representation, or to everything that is said of a sample."""
    prepared = [rows for rows, _ in batches(shape, size)]
    model = EAU(shape, sparse, True)
    model.load(numbers("parameters.f32"), shape)
    forward = model.predict if whole else model.encode_and_fuse
    if compiled:
        forward = torch.compile(forward, dynamic=False)
    passes = 0

    def run():
        nonlocal passes
        passes += 1
        return forward(prepared[passes % len(prepared)])

    with torch.inference_mode():
        take_turns(run, size, lambda: forward(prepared[0])[-1].flatten().tolist())


if __name__ == "__main__":
    shape = json.load(open(f"{folder}/shape.json"))
    if work == "gemm-peak":
        a, b = torch.randn(2048, 2048), torch.randn(2048, 2048)
        out = torch.empty(2048, 2048)
        take_turns(lambda: torch.mm(a, b, out=out), 2e-9 * 2048**3)
    elif work.startswith("train-"):
        train(shape, int(work.split("-")[1][1:]))
    else:
        infer(shape, int(work.split("-")[1][1:]), work.startswith("predict"))
