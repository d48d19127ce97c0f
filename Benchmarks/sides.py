"""Programs that take turns at the same work, and how fast each was."""
import dataclasses, json, os, pathlib, statistics, subprocess, sys, time

HERE = pathlib.Path(__file__).resolve().parent
# What is timed by the wall counts when other programs use fewer cores than this; for so many seconds
# a race waits for that.
QUIET, PATIENCE = 0.15, 300
# What counts as agreement of the numbers by which sides show that they do the same work: relative,
# where they are above 1.
AGREEMENT = 1e-4


def busy():
    """CPU seconds all programs of the machine have used."""
    words = list(map(int, open("/proc/stat").readline().split()[1:9]))
    return (sum(words) - words[3] - words[4]) / os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass
class Turn:
    """How much was done, in how many seconds by the wall and of the side's own CPU time, and how many
    cores other programs used meanwhile."""
    done: float
    seconds: float
    cpu: float
    foreign: float

    def rate(self, threads):
        """One thread by its own CPU time, so that other programs disturb little; else by the wall."""
        return self.done / (self.cpu if threads == 1 else self.seconds)

    @property
    def cores(self):
        return self.cpu / self.seconds


class Side:
    """A program that works for a while whenever it is told to."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{self.process.args} ended")
        return json.loads(answer)

    def turn(self):
        before, start = busy(), time.perf_counter()
        turn = self.ask("go")
        elapsed = time.perf_counter() - start
        foreign = max(0, busy() - before - turn["cpu"]) / elapsed
        return Turn(turn["done"], turn["seconds"], turn["cpu"], foreign)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def disagreement(found, expected):
    """The largest |a − b| / max(1, |b|) of two lists; infinite when they are not equally long."""
    if len(found) != len(expected):
        return float("inf")
    return max((abs(a - b) / max(1, abs(b)) for a, b in zip(found, expected)), default=0)


def verify(sides):
    """The first side's largest disagreement with the others, which must be small."""
    ours, *peers = [side.ask("check")["check"] for side in sides]
    worst = max(disagreement(ours, theirs) for theirs in peers)
    if worst > AGREEMENT:
        sys.exit(f"{sides[0].process.args} does not do the work of its peers: {worst:.1e} apart")
    return worst


def wait_until_quiet(limit):
    """Waits, `limit` seconds at most, for half a second in which nearly nothing runs."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < limit:
        before = busy()
        time.sleep(0.5)
        if busy() - before <= 0.5 * QUIET:
            return


def take_rounds(sides, count, quiet=False):
    """Each side's turns, a list a side, after one that does not count.

    With `quiet`, a round that other programs disturbed is repeated, to three times `count` rounds in all
    and as long as patience lasts; the quietest stay.
    """
    end = time.perf_counter() + PATIENCE

    def noise(round):
        return max(turn.foreign for turn in round)

    def lacking():
        return (quiet and len(rounds) < 3 * count and time.perf_counter() < end
                and sum(noise(r) <= QUIET for r in rounds) < count)

    for side in sides:
        side.turn()
    rounds = []
    while len(rounds) < count or lacking():
        if quiet:
            wait_until_quiet(limit=min(60, end - time.perf_counter()))
        rounds.append([side.turn() for side in sides])
    if quiet:
        rounds.sort(key=noise)
    return list(zip(*rounds[:count]))


def row(work, unit, threads, ours, peers):
    """What results.json says of a work: against the best of the peers, by medians.

    - ours: turns; peers: name to turns.
    """
    def median(turns):
        return statistics.median(turn.rate(threads) for turn in turns)

    rates = {name: median(turns) for name, turns in peers.items()}
    best = max(rates, key=rates.get)
    found = {
        "work": work, "threads": threads, "ours": median(ours), "peer": rates[best],
        "peerName": best, "unit": unit, "ratio": median(ours) / rates[best], "turns": len(ours),
        "foreignCores": round(statistics.median(
            turn.foreign for turns in (ours, *peers.values()) for turn in turns), 2)}
    if len(rates) > 1:
        found["peers"] = rates
    return found
