"""Writes a small material and, into losses.json, what the PyTorch peer of `make bench` says of it:
make_training.py (needs numpy and PyTorch). Four training steps of four rows, and the fused
representation and the probabilities of the first four rows, dense and with sparse text."""
import json, pathlib, subprocess, sys

here = pathlib.Path(__file__).resolve().parent
peers = here.parents[2] / "Benchmarks/peers"
sys.path.insert(0, str(peers))
import fusion_material

fusion_material.write(here, dict(
    features=[12, 7, 5], hidden=6, latent=4, bottleneck=3, classes=3, rows=16, draws=6))


def checked(work, mode):
    command = [sys.executable, str(peers / "fusion.py"), work, mode, "1", str(here)]
    found = subprocess.run(command, input="check\n", stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(found.stdout)["check"]


(here / "losses.json").write_text(json.dumps({
    "eager": checked("train-b4-dense", "eager"), "fast": checked("train-b4-dense", "fast"),
    "sparse": checked("train-b4-sparse", "sparse"), "fused": checked("infer-b4", "sparse"),
    "probabilities": checked("predict-b4", "eager")}, indent=1) + "\n")
