"""docs/BENCHMARKS.md from the rows of results.json."""
import os, platform, subprocess

from sides import QUIET

PAGE = """# Benchmarks

`make bench` measures the toolkit and its peers in one run, taking turns, and writes this
page and [results.json](../Benchmarks/results.json). Rates are medians of work per second;
one thread by the process's own CPU time, two threads and whole programs by the wall. A ratio
above 1 is in our favour. *Others* tells how many cores other programs used meanwhile; a ratio by
the wall in brackets was disturbed by them and says little. Variables that choose OpenBLAS's
kernels (`OPENBLAS_CORETYPE`, `OPENBLAS_L2_SIZE`) are not handed on: each library takes what it
takes on this processor by itself.
"""


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                  if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def versions(python):
    code = ("import importlib.metadata as m\n"
            "for n in 'scikit-learn librosa torch scikit-image opencv-python-headless pillow numpy "
            "ipython'.split(): print(n, m.version(n))")
    found = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, text=True).stdout.split("\n")
    swift = subprocess.run(["swift", "--version"], stdout=subprocess.PIPE, text=True).stdout
    return [swift.split("\n")[0], platform.python_version() + " Python"] + [v for v in found if v]


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(header, lines):
    head = "| " + " | ".join(header) + " |"
    return [head, "|---" * len(header) + "|", *("| " + " | ".join(line) + " |" for line in lines)]


def ratio(row):
    told = f"{row['ratio']:.2f}"
    return f"({told})" if "cores" in row and row["foreignCores"] > QUIET else f"**{told}**"


def races(rows):
    return table(
        ["work", "threads", "ours", "peer", "unit", "peer's name", "ratio", "turns", "others"],
        ([f"`{r['work']}`", str(r["threads"]), number(r["ours"]), number(r["peer"]), r["unit"],
          r["peerName"], ratio(r), str(r["turns"]), str(r["foreignCores"])]
         for r in rows))


def memory(rows):
    if not rows:
        return []
    return [
        "", "## Memory of a training", "",
        "The most a process holds while it opens the stamps (717 samples) from a warm cache and trains",
        "five epochs, batch 64, hidden 128, D 64, K 32: `eau` with its default options, corrupted rows",
        "included, beside PyTorch with the plain loss on the same feature rows. *Own* is what of it is",
        "not mapped from files: PyTorch as pip installs it maps libraries for GPUs, too, and those are",
        "most of what it holds.", "",
        *table(["", "resident", "own"], (
            [name, f"{r[side]:.0f} MiB", f"{r['anonymous'][side]:.0f} MiB"]
            for r in rows for name, side in (("`eau`", "ours"), ("PyTorch", "peer")))),
        *("" for _ in rows[:1]),
        *(f"{r['ratio']:.2f} of PyTorch's resident, "
          f"{r['anonymous']['ours'] / r['anonymous']['peer']:.2f} of its own." for r in rows)]


def plugins(rows):
    if not rows:
        return []
    return [
        "", "## The doors of plugins", "",
        "What a door costs a sample beyond the work itself (encoding one short text into five",
        "numbers): the difference of the times a sample, from the rows above.", "",
        *table(["door", "µs a sample"],
               ([f"`{r['work']}`", f"{1e6 / r['ours'] - 1e6 / r['peer']:.2f}"] for r in rows))]


def notes(rows):
    """What the names of some works mean."""
    told = {
        "infer-b1": "`infer-*` goes from the rows of a batch (of 1 or 256) to mu, sigma, alpha and the "
                    "fused\nrepresentation, `predict-*` on to class probabilities, without gradients.",
        "start": "`start` is from the start of the process until the prompt stands at a pseudo-terminal; "
                 "in turns\nwith it, `python3 -c pass` starts and ends {nothing} times a second.",
    }
    lines = []
    for r in rows:
        if r["work"] in told:
            nothing = r.get("peers", {}).get("python3 -c pass", 0)
            lines += ["", told[r["work"]].format(nothing=number(nothing))]
    return lines


def training(rows, peaks):
    """- peaks: threads to the row `gemm-peak`."""
    if not rows or any(r["threads"] not in peaks for r in rows):
        return []

    def line(r):
        ours, theirs = (r["megaflops"] * r[side] / 1e3 for side in ("ours", "peer"))
        peak = peaks[r["threads"]]
        return [f"`{r['work']}`", str(r["threads"]), f"{r['megaflops']:.0f}", f"{ours:.1f}",
                f"{ours / peak['ours']:.0%}", f"{theirs:.1f}", f"{theirs / peak['peer']:.0%}",
                f"{theirs / peak['ours']:.0%}", f"{r['disagreement']:.0e}"]

    one = peaks[min(peaks)]
    return [
        "", "## Training beside the machine's peak", "",
        "A step is: the next of at least eight prepared batches, fresh noise, the whole loss, its",
        "gradient, AdamW. Rows are text of 2000 features (58 not zero), a picture's 1024, a sound's 256;",
        "hidden 256, D 128, K 64, 10 classes. PyTorch is raced in every mode that can do the work, and",
        "the best is quoted; all are in results.json under `peers`. Before each race all sides take four",
        "steps from the same parameters with the same noise: *apart* is how far the losses are.", "",
        "MFLOP counts the matrix products of a step, with sparse text what is not zero. The peak is what",
        "multiplying two matrices of 2048 × 2048 reached in the same run (`gemm-peak`): ours by Debian's",
        "OpenBLAS (our training multiplies by kernels of its own), PyTorch's by its own library, Intel's",
        "MKL. "
        f"On this machine that is {one['ours']:.0f}",
        f"beside {one['peer']:.0f} GFLOP/s on one thread. MKL is made for Intel's processors and slower on",
        "others, so ratios to PyTorch differ from maker to maker: [PERFORMANCE.md](PERFORMANCE.md) has both.",
        "",
        *table(["work", "threads", "MFLOP a step", "our GFLOP/s", "of our peak", "PyTorch's GFLOP/s",
                "of its own peak", "of our peak", "apart"], map(line, rows))]


def threads(rows):
    """What the rows of several threads used."""
    if not rows:
        return []
    return [
        "", "## Two threads", "",
        "By the wall. A thread that waits by spinning loses much when another program takes its core:",
        "rounds in which others used more than 0.15 cores are repeated as far as the run allows, and",
        "*others* tells what remained. *Cores* are those a side itself kept busy.", "",
        *table(["work", "our cores", "peer's cores", "others"],
               ([f"`{r['work']}`", str(r["cores"]["ours"]), str(r["cores"]["peer"]),
                 str(r["foreignCores"])] for r in rows))]


def markdown(rows, python):
    lines = [PAGE, f"{machine()}. {', '.join(versions(python))}.", "",
             *races([r for r in rows if r["unit"] != "MiB"])]
    lines += notes(rows)
    peaks = {r["threads"]: r for r in rows if r["work"] == "gemm-peak"}
    lines += training([r for r in rows if "megaflops" in r], peaks)
    lines += threads([r for r in rows if "cores" in r])
    lines += memory([r for r in rows if r["unit"] == "MiB"])
    lines += plugins([r for r in rows if r["work"].startswith("plugin-")])
    return "\n".join(lines) + "\n"
