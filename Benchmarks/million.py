#!/usr/bin/env python3
"""Measures `eau` on manifests of many samples with sparse text.

million.py --eau eau [--samples 10000,100000,1000000] [--folder FOLDER] [--markdown FILE]
    opens each, trains an epoch of both presets and evaluates, in a process each: seconds by the
    program's own clock, and the most memory that the kernel saw the process hold
million.py --write FILE --samples N [--seed 1]
    only writes the manifest: JSON lines, or CSV by the name's ending, with id, label and text. Ten
    classes; a text has 12 to 60 words, drawn from 200,000 by Zipf's law, a fifth of them from the
    words of its class
"""
import argparse, bisect, csv, itertools, json, os, pathlib, platform, random, subprocess, sys, tempfile
import time

CLASSES, WORDS, OWN = 10, 200_000, 400
SYLLABLES = [c + v for c in "bdfghklmnprstvw" for v in "aeiou"]


def word(number):
    """A word of its own for each number, short for the frequent ones."""
    text = ""
    while True:
        number, digit = divmod(number, len(SYLLABLES))
        text += SYLLABLES[digit]
        if not number:
            return text


def samples(count, seed):
    """id, label and text of each sample, always the same."""
    generator = random.Random(seed)
    words = [word(number) for number in range(WORDS)]
    heights = list(itertools.accumulate(1 / (rank + 10) for rank in range(WORDS)))
    for number in range(count):
        label = generator.randrange(CLASSES)
        text = []
        for _ in range(generator.randint(12, 60)):
            if generator.random() < 0.2:
                text.append(words[1000 + label * OWN + int(OWN * generator.random() ** 3)])
            else:
                text.append(words[bisect.bisect(heights, generator.random() * heights[-1])])
        yield f"s{number + 1:07}", f"class {label}", " ".join(text)


def write(path, count, seed):
    with open(path, "w", encoding="utf-8", newline="") as file:
        if path.endswith(".csv"):
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["id", "label", "text"])
            rows.writerows(samples(count, seed))
            return
        for identifier, label, text in samples(count, seed):
            file.write(json.dumps({"id": identifier, "label": label, "text": text}) + "\n")


def run(eau, manifest, preset, home):
    """Opens, trains, evaluates: the three results, seconds of the whole, and the peak in MB."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ},
        "LANG": "C.UTF-8", "HOME": home, "XDG_STATE_HOME": home, "XDG_CACHE_HOME": home,
    }
    commands = f"open {manifest}; train {preset} epochs=1; evaluate --no-baselines"
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen([eau, "--json", "-c", commands], stdout=output, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        output.seek(0)
        answers = [json.loads(line) for line in output]
    if process.returncode:
        sys.exit(f"eau failed: {answers[-1:]}")
    return [answer["result"] for answer in answers], seconds, usage.ru_maxrss / 1024


def measure(options, home):
    """A row of the table for each manifest and preset."""
    folder = options.folder or home
    rows = []
    for count in map(int, options.samples.split(",")):
        manifest = f"{folder}/million-{count}-{options.seed}.jsonl"
        if not os.path.exists(manifest):
            print(f"writing {count} samples", file=sys.stderr)
            write(manifest + ".part", count, options.seed)
            os.rename(manifest + ".part", manifest)
        for preset in options.presets.split(","):
            (opened, trained, evaluated), seconds, peak = run(options.eau, manifest, preset, home)
            assert opened["samples"] == count
            row = [
                f"{count:,}", f"{os.path.getsize(manifest) / 1e6:.0f}", preset,
                f"{opened['seconds']:.1f}", f"{trained['seconds']:.1f}", f"{seconds:.1f}",
                f"{count / seconds:,.0f}", f"{peak:.0f}", f"{100 * evaluated['accuracy']:.1f}",
            ]
            print("  ".join(row), file=sys.stderr)
            rows.append(row)
    return rows


COLUMNS = [
    "samples", "manifest (MB)", "preset", "open (s)", "train an epoch (s)", "all (s)",
    "samples a second", "peak (MB)", "test accuracy (%)",
]


def table(rows):
    lines = [COLUMNS, ["--:"] * 2 + ["---"] + ["--:"] * 6, *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


BEGINNING, END = "<!-- make bench-million -->\n", "<!-- end -->\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--eau")
    parser.add_argument("--samples", default="10000,100000,1000000")
    parser.add_argument("--presets", default="calibrated,paper")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where manifests are kept; a temporary one without it")
    parser.add_argument("--markdown", help="the file whose table is replaced")
    parser.add_argument("--write", help="only write this manifest")
    options = parser.parse_args()
    if options.write:
        write(options.write, int(options.samples), options.seed)
        return
    with tempfile.TemporaryDirectory() as home:
        rows = measure(options, home)
    text = (
        f"Measured on {platform.machine()} with {os.cpu_count()} processors, generator seed "
        f"{options.seed}.\n\n" + table(rows))
    if not options.markdown:
        print(text, end="")
        return
    page = pathlib.Path(options.markdown)
    before, _, rest = page.read_text().partition(BEGINNING)
    after = rest.partition(END)[2]
    page.write_text(before + BEGINNING + text + END + after)


main()
