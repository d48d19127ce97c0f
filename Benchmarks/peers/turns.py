"""What every peer does: repeat its work for a while whenever a line comes in (see Program)."""
import json, sys, time

SECONDS = 0.4


def take_turns(run, units, check=None):
    """`run` does `units` of the work; `check` gives numbers that our side gives, too."""
    run()
    for line in sys.stdin:
        if line.strip() == "check":
            print(json.dumps({"check": check() if check else []}), flush=True)
            continue
        start, own, done = time.perf_counter(), time.process_time(), 0
        while True:
            run()
            done += units
            elapsed = time.perf_counter() - start
            if elapsed >= SECONDS:
                break
        print(json.dumps({"done": done, "seconds": elapsed, "cpu": time.process_time() - own}), flush=True)
