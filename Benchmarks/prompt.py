#!/usr/bin/env python3
"""Measures `eau` as a person at a terminal meets it: how soon the prompt stands, how long an answer
takes, how long TAB takes among 100,000 sample ids, how soon ctrl-C stops.

prompt.py --eau eau [--turns 15] [--markdown FILE]

Everything is typed at a pseudo-terminal of 80 × 24 and timed by the wall until the next prompt stands;
medians. The start is timed in turns with `python3 -c pass`.
"""
import argparse, os, pathlib, platform, select, statistics, subprocess, sys, tempfile, time

from terminal import Terminal

PROMPT = b"eau> "
ANSWERS = [
    "weights", "inspect", "inspect image", "predict", "corrupt image gaussian 6", "drop text", "clean",
    "corrupt audio noise 5", "corrupt text drop 4", "undo", "redo", "sample next",
    "load text 'a small bird'", "plot features text", "help", "history", "last",
]
# Optional: not every build has them.
MORE = [
    "whatif corrupt image gaussian 6 and drop audio", "why", "nearest", "explain alpha", "explain udr",
    "plot gaussians", "plot weights",
]
STOPS = [
    ("open demo", "train epochs=2000", 1.0), ("open handwritten", "train epochs=2000", 1.5),
    ("open demo; train epochs=3", "sweep image gaussian", 0.2),
    ("open demo; train epochs=3", "evaluate", 0.5), ("", "open stamps", 0.4),
]


def eau_at_terminal(eau, home, arguments=()):
    return Terminal([eau, "--no-rc", *arguments], home, PROMPT)


def milliseconds(seconds):
    return 1000 * statistics.median(seconds)


def starts(eau, home, turns):
    ours, python = [], []
    for _ in range(turns):
        terminal = eau_at_terminal(eau, home)
        ours.append(terminal.started)
        terminal.end()
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        python.append(time.perf_counter() - begin)
    return milliseconds(ours), milliseconds(python)


def answers(eau, home, turns):
    terminal = eau_at_terminal(eau, home)
    for line in ("open demo", "train", "sample 12"):
        terminal.type(line + "\r")
    known = subprocess.run([eau, "-c", "help all"], stdout=subprocess.PIPE, text=True).stdout
    names = {line.split()[0] for line in known.splitlines() if line.split()}
    lines = ANSWERS + [line for line in MORE if line.split()[0] in names]
    found = []
    for line in lines:
        found.append((line, milliseconds([terminal.type(line + "\r") for _ in range(turns)])))
    terminal.end()
    return found


def sweep(eau, home, turns):
    terminal = eau_at_terminal(eau, home)
    terminal.type("open stamps\r")
    terminal.type("train epochs=10\r")
    found = []
    for line in ("sweep image gaussian", "sweep audio noise", "sweep text drop"):
        first = terminal.type(line + "\r")
        again = milliseconds([terminal.type(line + "\r") for _ in range(max(3, turns // 5))])
        found.append((line, 1000 * first, again))
    terminal.end()
    return found


def completion(eau, home, turns):
    manifest = pathlib.Path(home, "ids.csv")
    rows = (f"sample-{i},{'ab'[i % 2]},word{i % 97}" for i in range(100_000))
    manifest.write_text("id,label,text\n" + "\n".join(rows) + "\n")
    terminal = eau_at_terminal(eau, home)
    terminal.type(f"open {manifest}\r")
    found = []
    for typed, answer in (("sample s", b"ample-"), ("sample sample-9999", b"and ")):
        times = []
        for _ in range(turns):
            os.write(terminal.descriptor, typed.encode())
            terminal.wait(typed[-1].encode())
            time.sleep(0.05)
            while select.select([terminal.descriptor], [], [], 0)[0]:
                os.read(terminal.descriptor, 1 << 16)
            terminal.seen = b""
            if answer == b"and ":
                answer = b"sample-9999"
            times.append(terminal.type("\t", until=answer))
            terminal.type("\x03")
        found.append((typed + "<TAB>", milliseconds(times)))
    terminal.end()
    return found


def stops(eau, home):
    found = []
    for setup, line, delay in STOPS:
        terminal = eau_at_terminal(eau, home, ["--no-cache"])
        if setup:
            terminal.type(setup + "\r")
            for _ in setup.split(";")[1:]:
                pass
        os.write(terminal.descriptor, (line + "\r").encode())
        terminal.wait(b"\n")
        time.sleep(delay)
        found.append((f"{setup}; {line}".strip("; "), 1000 * terminal.type("\x03")))
        terminal.end()
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--eau", required=True)
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--markdown")
    arguments = parser.parse_args()
    eau = str(pathlib.Path(arguments.eau).resolve())
    lines = []
    with tempfile.TemporaryDirectory() as home:
        data = pathlib.Path.home() / ".local/share"
        os.environ.setdefault("XDG_DATA_HOME", str(data))
        ours, python = starts(eau, home, arguments.turns)
        lines += ["| what | ms | asked |", "|---|--:|--:|",
                  f"| the prompt stands, from the start of the process | {ours:.1f} | 30 |",
                  f"| `python3 -c pass`, in turns with it | {python:.1f} | |"]
        for line, found in completion(eau, home, arguments.turns):
            lines.append(f"| `{line}` among 100,000 ids | {found:.1f} | 10 |")
        for line, first, again in sweep(eau, home, arguments.turns):
            lines.append(f"| `{line}` on the stamps' test split, first and then | {first:.0f}, {again:.0f} | 1000 |")
        for line, found in stops(eau, home):
            lines.append(f"| ctrl-C in `{line}` | {found:.0f} | 200 |")
        for line, found in answers(eau, home, arguments.turns):
            lines.append(f"| `{line}` | {found:.1f} | 16 |")
    load = os.getloadavg()[0]
    text = (
        "# At the prompt\n\n`make bench-prompt` types at a pseudo-terminal and writes this page: "
        f"medians of {arguments.turns} by the wall until\nthe next prompt stands. Answers are for a "
        "sample of `demo` under a model of default size.\n\n"
        f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, load {load:.1f}.\n\n"
        + "\n".join(lines) + "\n")
    print(text)
    if arguments.markdown:
        pathlib.Path(arguments.markdown).write_text(text)


if __name__ == "__main__":
    main()
