"""Whole programs beside each other, by the wall and by their memory."""
import os, pathlib, statistics, subprocess, sys, tempfile, time

from sides import HERE, Turn, busy, row, wait_until_quiet
from terminal import time_to_prompt


def open_stamps(arguments, work, _):
    """Whole runs of `eau`; of the peer only the seconds of its work."""
    stamps = os.environ.get("EAU_STAMPS", "/usr/share/tuxpaint/stamps")
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as cache:
        environment = dict(os.environ, XDG_CACHE_HOME=cache)
        warm = work.name.endswith("warm")
        command = [arguments.eau] + ([] if warm else ["--no-cache"]) + ["-c", "open stamps"]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        peer = [arguments.python, str(HERE / "peers/stamps.py"), stamps, f"{cache}/eau/stamps/debian"]
        for _ in range(arguments.turns):
            before, start, own = busy(), time.perf_counter(), os.times()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
            elapsed, after = time.perf_counter() - start, os.times()
            used = sum(after[2:4]) - sum(own[2:4])
            ours.append(Turn(1, elapsed, used, max(0, busy() - before - used) / elapsed))
            output = subprocess.run(peer, stdout=subprocess.PIPE, text=True, check=True).stdout
            seconds = float(output.split()[0])
            theirs.append(Turn(1, seconds, seconds, ours[-1].foreign))
    name = "Pillow, scikit-image, librosa, scikit-learn on 2 processes"
    return row(work.name, work.unit, work.threads, ours, {name: theirs})


def start(arguments, work, _):
    """From the start of the process until the prompt stands, by the wall, at a pseudo-terminal."""
    ipython = [str(pathlib.Path(arguments.python).parent / "ipython"), "--no-banner", "--no-tip",
               "--TerminalInteractiveShell.confirm_exit=False"]
    found = {"IPython": [], "python3 -c pass": []}
    ours = []

    def timed(seconds_of):
        before, own = busy(), os.times()
        seconds = seconds_of()
        used = sum(os.times()[2:4]) - sum(own[2:4])
        return Turn(1, seconds, seconds, max(0, busy() - before - used) / seconds)

    def python():
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        return time.perf_counter() - begin

    with tempfile.TemporaryDirectory() as home:
        for turn in range(arguments.turns + 1):
            wait_until_quiet(limit=20)
            round = [
                timed(lambda: time_to_prompt([arguments.eau, "--no-rc"], home, b"eau> ")),
                timed(lambda: time_to_prompt(ipython, home, b"In [")),
                timed(python)]
            # The first start makes files that later ones find.
            if turn:
                for turns, one in zip((ours, *found.values()), round):
                    turns.append(one)
    # A Python that does nothing has no prompt: told beside, not raced.
    nothing = 1 / statistics.median(turn.seconds for turn in found.pop("python3 -c pass"))
    peers = {"IPython without its banner": found["IPython"]}
    return row(work.name, work.unit, work.threads, ours, peers) | {
        "peers": {"python3 -c pass": nothing}}


def train_memory(arguments, work, material):
    """The most memory a training of five epochs on the stamps takes, data set warm in the cache: `eau`
    with its default options beside PyTorch with the plain loss on the same feature rows."""
    features = f"{material}/stamps.npy"
    ours, theirs, own = [], [], ([], [])
    with tempfile.TemporaryDirectory() as cache:
        environment = dict(os.environ, XDG_CACHE_HOME=cache)
        subprocess.run([arguments.eau, "-c", f"open stamps; export features {features}"],
                       env=environment, stdout=subprocess.DEVNULL, check=True)
        for _ in range(arguments.turns):
            for command, turns, anonymous in (
                    ([arguments.eau, "-c", "open stamps; train epochs=5"], ours, own[0]),
                    ([arguments.python, str(HERE / "peers/stamps_training.py"), features], theirs,
                     own[1])):
                peak, apart = peak_memory(command, environment)
                turns.append(Turn(peak, 1, 1, 0))
                anonymous.append(apart)
    return row(work.name, work.unit, work.threads, ours, {"PyTorch": theirs}) | {
        "anonymous": {"ours": statistics.median(own[0]), "peer": statistics.median(own[1])}}


def peak_memory(command, environment):
    """MiB a process held at most: resident, and of that not mapped from files (looked at every
    5 ms)."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    anonymous = 0
    while True:
        child, status, usage = os.wait4(process.pid, os.WNOHANG)
        if child:
            break
        with open(f"/proc/{process.pid}/status") as file:
            anonymous = max(anonymous, *(
                int(line.split()[1]) for line in file if line.startswith("RssAnon")), 0)
        time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    return usage.ru_maxrss / 1024, anonymous / 1024
