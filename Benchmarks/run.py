#!/usr/bin/env python3
"""Races the toolkit against its peers, all sides taking turns, and records who was how fast.

run.py --bench eau-bench --eau eau --python PEERS_PYTHON [--work NAME ...] [--threads 1|2]
       [--turns 9] [--json FILE] [--markdown FILE]

A ratio is the median of ours over the median of the peer's, the best one where several are raced.
With --json and --markdown, rows measured earlier stay unless they are measured again.
"""
import argparse, json, os, pathlib, subprocess, sys, tempfile

import report
from sides import HERE
from works import WORKS


def main():
    parser = argparse.ArgumentParser()
    for name in ("bench", "eau", "python", "pngdec"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--work", action="append")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    arguments = parser.parse_args()
    names = list(dict.fromkeys(work.name for work in WORKS))
    unknown = set(arguments.work or []) - set(names)
    if unknown:
        sys.exit(f"no such work: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    # Each library is to take what it takes on this processor by itself.
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)
    rows = {}
    if arguments.json and arguments.json.exists():
        rows = {(r["work"], r["threads"]): r for r in json.loads(arguments.json.read_text())}
    # A training is told beside the peak of the same run.
    wanted = set(arguments.work or names)
    if any(name.startswith("train-b") for name in wanted):
        wanted.add("gemm-peak")
    chosen = [work for work in WORKS
              if work.name in wanted and arguments.threads in (None, work.threads)]
    with tempfile.TemporaryDirectory() as material:
        peers = HERE / "peers"
        for writer in (["material.py", material],
                       ["fusion_material.py", material, str(peers / "fusion_shape.json")]):
            subprocess.run([arguments.python, *writer], cwd=peers, check=True)
        for work in chosen:
            found = work.measure(arguments, work, material)
            rows[work.name, work.threads] = found
            print(f"{work.name:20} {work.threads} ours {report.number(found['ours']):>12} peer "
                  f"{report.number(found['peer']):>12} {work.unit:18} ratio {found['ratio']:.2f} "
                  f"{found['peerName']}", flush=True)
    known = [(work.name, work.threads) for work in WORKS]
    ordered = [rows[key] for key in known if key in rows]
    if arguments.json:
        arguments.json.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n")
    if arguments.markdown:
        arguments.markdown.write_text(report.markdown(ordered, arguments.python))


if __name__ == "__main__":
    main()
