#!/usr/bin/env python3
"""Races the toolkit against its peers, both sides taking turns, and records who was how fast.

run.py --bench eau-bench --eau eau --python PEERS_PYTHON [--work NAME ...] [--turns 9]
       [--json FILE] [--markdown FILE]

A ratio is the median of ours over the median of the peer's; rates are work per second, counted by
each process's own CPU time for one thread, so that other programs on the machine disturb little,
and by the wall for whole programs. With --json and --markdown, rows measured earlier stay unless
they are measured again.
"""
import argparse, json, os, pathlib, platform, statistics, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
RACES = [
    # work, peer, unit
    ("count-vectorizer", "scikit-learn CountVectorizer.transform", "tokens/s"),
    ("hashing-vectorizer", "scikit-learn HashingVectorizer.transform", "tokens/s"),
    ("mfcc", "librosa.feature.mfcc", "seconds of sound/s"),
    ("mfcc-torch", "torch.stft, mel, DCT", "seconds of sound/s"),
    ("hog", "skimage.feature.hog, 512 × 512", "images/s"),
    ("hog-64", "skimage.feature.hog, 64 × 64", "images/s"),
    ("hog-opencv", "cv2.HOGDescriptor, 512 × 512", "images/s"),
    ("hog-opencv-64", "cv2.HOGDescriptor, 64 × 64", "images/s"),
    ("png-decode", "libpng, 512 × 512 RGB", "images/s"),
]
PLUGINS = [
    ("plugin-c", "the plugin's function called directly", "samples/s"),
    ("plugin-isolated", "the same", "samples/s"),
    ("plugin-python", "the same, in C", "samples/s"),
]
PROGRAMS = [
    ("open-stamps-cold", "Pillow, scikit-image, librosa, scikit-learn on 2 processes", "openings/s"),
    ("open-stamps-warm", "the same", "openings/s"),
]


def busy():
    """CPU seconds all programs of the machine have used."""
    words = list(map(int, open("/proc/stat").readline().split()[1:9]))
    return (sum(words) - words[3] - words[4]) / os.sysconf("SC_CLK_TCK")


class Side:
    """A program that works for a while whenever it is told to."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def turn(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args} ended")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def race(arguments, work, material):
    peer = ([str(arguments.pngdec), f"{material}/photo.png"] if work == "png-decode" else
            [arguments.python, str(HERE / "peers/encoders.py"), work, material])
    sides = [Side([arguments.bench, work, material]), Side(peer)]
    for side in sides:
        side.turn()
    rates, foreign = ([], []), []
    for _ in range(arguments.turns):
        for side, found in zip(sides, rates):
            before, start = busy(), time.perf_counter()
            turn = side.turn()
            elapsed = time.perf_counter() - start
            found.append(turn["done"] / turn["cpu"])
            foreign.append(max(0, busy() - before - turn["cpu"]) / elapsed)
    for side in sides:
        side.end()
    return rates, foreign


def plugin(arguments, work, material):
    """The smallest of encoders behind a plugin's door and without one, by the wall: two processes
    may take part."""
    root = HERE.parent
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", f"-I{root}/Sources/CLibraries/PluginABI/include",
         f"{root}/Tests/Fixtures/plugins/vowels.c", "-lm", "-o", f"{material}/vowels.so"],
        check=True)
    for name, place in (("eau", pathlib.Path(arguments.eau).resolve()),
                        ("vowels.py", HERE / "peers/vowels.py"),
                        ("eau_plugin.py", root / "Plugins/Process/Python/eau_plugin.py")):
        target = pathlib.Path(material, name)
        if not target.exists():
            target.write_bytes(place.read_bytes())
            target.chmod(0o755)
    sides = [Side([arguments.bench, name, material]) for name in (work, "plugin-direct")]
    for side in sides:
        side.turn()
    rates, foreign = ([], []), []
    for _ in range(arguments.turns):
        for side, found in zip(sides, rates):
            turn = side.turn()
            found.append(turn["done"] / turn["seconds"])
            foreign.append(0)
    for side in sides:
        side.end()
    return rates, foreign


def open_stamps(arguments, work, _):
    """Whole runs of `eau`; of the peer only the seconds of its work."""
    stamps = os.environ.get("EAU_STAMPS", "/usr/share/tuxpaint/stamps")
    with tempfile.TemporaryDirectory() as cache:
        environment = dict(os.environ, XDG_CACHE_HOME=cache)
        warm = work.endswith("warm")
        command = [arguments.eau] + ([] if warm else ["--no-cache"]) + ["-c", "open stamps"]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        peer = [arguments.python, str(HERE / "peers/stamps.py"), stamps,
                f"{cache}/eau/stamps/debian"]
        rates, foreign = ([], []), []
        for _ in range(arguments.turns):
            before, start, own = busy(), time.perf_counter(), os.times()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
            elapsed, after = time.perf_counter() - start, os.times()
            rates[0].append(1 / elapsed)
            used = sum(after[2:4]) - sum(own[2:4])
            foreign.append(max(0, busy() - before - used) / elapsed)
            output = subprocess.run(peer, stdout=subprocess.PIPE, text=True, check=True).stdout
            rates[1].append(1 / float(output.split()[0]))
    return rates, foreign


def row(work, peer, unit, threads, rates, foreign):
    ours, theirs = map(statistics.median, rates)
    return {
        "work": work, "threads": threads, "ours": ours, "peer": theirs, "peerName": peer,
        "unit": unit, "ratio": ours / theirs, "turns": len(rates[0]),
        "foreignCores": round(statistics.median(foreign), 2)}


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                  if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def versions(arguments):
    code = ("import importlib.metadata as m\n"
            "for n in 'scikit-learn librosa torch scikit-image opencv-python-headless pillow numpy'"
            ".split(): print(n, m.version(n))")
    python = subprocess.run(
        [arguments.python, "-c", code], stdout=subprocess.PIPE, text=True).stdout.split("\n")
    swift = subprocess.run(["swift", "--version"], stdout=subprocess.PIPE, text=True).stdout
    return [swift.split("\n")[0], platform.python_version() + " Python"] + [v for v in python if v]


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def markdown(rows, arguments):
    lines = [
        "# Benchmarks", "",
        "`make bench` measures the toolkit and its peers in one run, taking turns, and writes this",
        "page and [results.json](../Benchmarks/results.json). Rates are medians of work per second;",
        "one thread by the process's own CPU time, whole programs by the wall. A ratio above 1 is",
        "in our favour. *Others* tells how many cores other programs used meanwhile.", "",
        f"{machine()}. {', '.join(versions(arguments))}.", "",
        "| work | threads | ours | peer | unit | peer's name | ratio | turns | others |",
        "|---|---|---|---|---|---|---|---|---|"]
    lines += [
        f"| `{r['work']}` | {r['threads']} | {number(r['ours'])} | {number(r['peer'])} | {r['unit']} "
        f"| {r['peerName']} | **{r['ratio']:.2f}** | {r['turns']} | {r['foreignCores']} |"
        for r in rows]
    behind = [r for r in rows if r["work"].startswith("plugin-")]
    if behind:
        lines += ["", "## The doors of plugins", "",
                  "What a door costs a sample beyond the work itself (encoding one short text into five",
                  "numbers): the difference of the times a sample, from the rows above.", "",
                  "| door | µs a sample |", "|---|---|"]
        lines += [f"| `{r['work']}` | {1e6 / r['ours'] - 1e6 / r['peer']:.2f} |" for r in behind]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    for name in ("bench", "eau", "python", "pngdec"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--work", action="append")
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    arguments = parser.parse_args()
    every = [(r, race, 1) for r in RACES] + [(p, open_stamps, 2) for p in PROGRAMS]
    every += [(p, plugin, 1) for p in PLUGINS]
    order = [r[0][0] for r in every]
    unknown = set(arguments.work or []) - set(order)
    if unknown:
        sys.exit(f"no such work: {', '.join(sorted(unknown))}; there are {', '.join(order)}")
    rows = {}
    if arguments.json and arguments.json.exists():
        rows = {r["work"]: r for r in json.loads(arguments.json.read_text())}
    with tempfile.TemporaryDirectory() as material:
        subprocess.run(
            [arguments.python, str(HERE / "peers/material.py"), material], check=True)
        for (work, peer, unit), measure, threads in every:
            if arguments.work and work not in arguments.work:
                continue
            found = row(work, peer, unit, threads, *measure(arguments, work, material))
            rows[work] = found
            print(f"{work:20} ours {number(found['ours']):>12} peer {number(found['peer']):>12} "
                  f"{unit:18} ratio {found['ratio']:.2f}", flush=True)
    ordered = [rows[work] for work in order if work in rows]
    if arguments.json:
        arguments.json.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n")
    if arguments.markdown:
        arguments.markdown.write_text(markdown(ordered, arguments))


if __name__ == "__main__":
    main()
