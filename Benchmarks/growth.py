#!/usr/bin/env python3
"""Measures how the time and the memory of training grow with the work, and writes a page of tables and
a picture a kind of growth.

growth.py --bench eau-bench [--kind NAME ...] --json FILE --markdown FILE --pictures FOLDER

Kinds measured earlier stay unless they are measured again.
"""
import argparse, json, math, pathlib, subprocess, textwrap

import chart, report

KINDS = {
    # name: (title, axis, sizes, largest exponent that is expected, what is done)
    "samples": (
        "samples", "N, samples", [1000, 10_000, 100_000, 1_000_000], 1,
        "Short texts (30 words of 2000) and twelve numbers each, made in memory, are encoded (sparse bag "
        "of words, on all threads) and nine tenths trained on for one epoch in batches of 256, by the "
        "functions `open` and `train` call, preset `paper`. Memory includes the texts themselves."),
    "modalities": (
        "modalities", "M, modalities", [2, 3, 4, 6, 8, 12, 16, 24], 1,
        "Modalities of 64 numbers. L_UDR is over all ordered pairs, yet costs M: what is summed over the "
        "partners is the same for all."),
    "latent": (
        "dimensions", "D, dimensions of a Gaussian", [32, 64, 128, 256, 512, 1024], 1,
        "Three modalities of 64 numbers."),
    "vocabulary": (
        "vocabulary", "features of the text", [1000, 10_000, 100_000, 1_000_000], 1,
        "A text with 58 words of the vocabulary in a row, and three modalities of 64 numbers. The first "
        "layer has a weight a word and hidden unit, and AdamW moves all of them at each step."),
    "batch": (
        "batch", "B, rows a step", [16, 32, 64, 128, 256, 512, 1024, 2048], 2,
        "Three modalities of 64 numbers, D 64. L_URA compares every row with every other: B² of its own, "
        "shown alone for one modality with its gradient; the rest of a step grows with B."),
}
PAGE = """# How cost grows

`make bench-growth` trains ever larger models on ever more data and writes this page. Each size is measured
in a process of its own, on one thread unless told otherwise: the CPU time of a training step (the whole loss
with L_UDR and L_URA, its gradient, AdamW; median of seven stretches), and the most memory the process held.
Where nothing else is said: batch 64, hidden 64, D 64, K 32, 10 classes.

An exponent is the slope of a straight line through all points, both axes logarithmic: 1 is linear. The
second one is the slope of the last two points, where what does not grow matters least; there it can be
somewhat above what is expected, where the numbers outgrow a cache.
"""


def slope(points):
    logs = [(math.log(x), math.log(y)) for x, y in points]
    x0, y0 = (sum(axis) / len(logs) for axis in zip(*logs))
    return sum((x - x0) * (y - y0) for x, y in logs) / sum((x - x0)**2 for x, _ in logs)


def measure(bench, kind):
    points = []
    for size in KINDS[kind][2]:
        output = subprocess.run(
            [bench, "growth", kind, str(size)], stdout=subprocess.PIPE, text=True, check=True).stdout
        points.append({"size": size, **json.loads(output)})
        print(kind, output.strip(), size, flush=True)
    return points


def curves(points):
    """(name, [(size, value)]): times in seconds, then the memory in MiB."""
    times = [
        (cost["name"], [(p["size"], p["costs"][i]["seconds"]) for p in points])
        for i, cost in enumerate(points[0]["costs"])]
    return times, ("peak memory", [(p["size"], p["peak"]) for p in points])


def seconds(value):
    return f"{value:.3g} s" if value >= 1 else f"{1000 * value:.3g} ms"


def section(kind, points):
    title, axis, _, expected, what = KINDS[kind]
    times, memory = curves(points)
    every = [*times, memory]
    lines = ["", f"## {title.capitalize()}", "", textwrap.fill(what, 100), "", f"![{title}](pictures/growth-{kind}.svg)", ""]
    lines += report.table(
        [axis, *(name for name, _ in every)],
        ([f"{p['size']:,}", *(seconds(c["seconds"]) for c in p["costs"]), f"{p['peak']:,.0f} MiB"]
         for p in points))
    told = [f"{name} {slope(curve):.2f} (last two {slope(curve[-2:]):.2f})" for name, curve in every]
    told = f"Exponents, at most {expected} expected: {', '.join(told)}."
    return lines + ["", textwrap.fill(told, 100)]


def write(found, arguments):
    """The page and the pictures of everything measured so far."""
    lines = [PAGE, f"{report.machine()}."]
    for kind, (title, axis, *_) in KINDS.items():
        if kind in found:
            times, memory = curves(found[kind])
            lines += section(kind, found[kind])
            drawn = chart.picture(
                f"Cost against {title}", axis, [("CPU seconds", times), ("MiB", [memory])])
            (arguments.pictures / f"growth-{kind}.svg").write_text(drawn)
    arguments.markdown.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--kind", action="append", choices=KINDS)
    for name in ("json", "markdown", "pictures"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    found = json.loads(arguments.json.read_text()) if arguments.json.exists() else {}
    for kind in arguments.kind or KINDS:
        found[kind] = measure(arguments.bench, kind)
    arguments.json.write_text(json.dumps(found, indent=1) + "\n")
    write(found, arguments)


if __name__ == "__main__":
    main()
