"""The works that `run.py` knows, and how each is measured."""
import dataclasses, json, pathlib, statistics, subprocess, typing

import operations
from programs import open_stamps, start, train_memory
from sides import HERE, Side, Turn, row, take_rounds, verify

DENSE = ["eager", "fast", "compile"]
# The batch is the same, so a peer may read its text either way.
ANY = DENSE + ["sparse", "compile-sparse"]
MODES = {
    "eager": "PyTorch", "fast": "PyTorch, few kernels", "compile": "torch.compile",
    "sparse": "PyTorch, few kernels, sparse text", "compile-sparse": "torch.compile, sparse text",
}


@dataclasses.dataclass
class Work:
    name: str
    threads: int
    unit: str
    # (arguments of run.py, this work, folder of the material) -> a row of results.json
    measure: typing.Callable


def encoders(peer):
    def measure(arguments, work, material):
        command = ([str(arguments.pngdec), f"{material}/photo.png"] if work.name == "png-decode" else
                   [arguments.python, str(HERE / "peers/encoders.py"), work.name, material])
        return race(arguments, work, material, {peer: command})
    return measure


def fusion(modes, verified=True):
    def measure(arguments, work, material):
        peers = {
            MODES[mode]: [arguments.python, "-W", "ignore", str(HERE / "peers/fusion.py"), work.name,
                          mode, str(work.threads), material]
            for mode in modes}
        found = race(arguments, work, material, peers, verified)
        if work.name.startswith("train-"):
            _, batch, text = work.name.split("-")
            shape = json.loads(pathlib.Path(material, "shape.json").read_text())
            found["megaflops"] = operations.of_training_step(
                shape, int(batch[1:]), text == "sparse") / 1e6
        return found
    return measure


def race(arguments, work, material, peers, verified=False):
    """Ours beside the peers (name to command)."""
    commands = [[arguments.bench, work.name, material, str(work.threads)], *peers.values()]
    sides = [Side(command) for command in commands]
    disagreement = verify(sides) if verified else None
    ours, *theirs = take_rounds(sides, arguments.turns, quiet=work.threads > 1)
    for side in sides:
        side.end()
    theirs = dict(zip(peers, theirs))
    found = row(work.name, work.unit, work.threads, ours, theirs)
    if verified:
        found["disagreement"] = disagreement
    if work.threads > 1:
        found["cores"] = {
            side: round(statistics.median(turn.cores for turn in turns), 2)
            for side, turns in (("ours", ours), ("peer", theirs[found["peerName"]]))}
    return found


def plugin(peer):
    """The smallest of encoders behind a plugin's door and without one, by the wall: two processes
    may take part."""
    def measure(arguments, work, material):
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
        sides = [Side([arguments.bench, name, material]) for name in (work.name, "plugin-direct")]
        turns = [
            [Turn(turn.done, turn.seconds, turn.seconds, 0) for turn in found]
            for found in take_rounds(sides, arguments.turns)]
        for side in sides:
            side.end()
        return row(work.name, work.unit, work.threads, turns[0], {peer: turns[1]})
    return measure


WORKS = [
    Work("count-vectorizer", 1, "tokens/s", encoders("scikit-learn CountVectorizer.transform")),
    Work("hashing-vectorizer", 1, "tokens/s", encoders("scikit-learn HashingVectorizer.transform")),
    Work("mfcc", 1, "seconds of sound/s", encoders("librosa.feature.mfcc")),
    Work("mfcc-torch", 1, "seconds of sound/s", encoders("torch.stft, mel, DCT")),
    Work("hog", 1, "images/s", encoders("skimage.feature.hog, 512 × 512")),
    Work("hog-64", 1, "images/s", encoders("skimage.feature.hog, 64 × 64")),
    Work("hog-opencv", 1, "images/s", encoders("cv2.HOGDescriptor, 512 × 512")),
    Work("hog-opencv-64", 1, "images/s", encoders("cv2.HOGDescriptor, 64 × 64")),
    Work("png-decode", 1, "images/s", encoders("libpng, 512 × 512 RGB")),
    Work("open-stamps-cold", 2, "openings/s", open_stamps),
    Work("open-stamps-warm", 2, "openings/s", open_stamps),
    *(Work(f"train-{name}", threads, "steps/s", fusion(modes))
      for name, modes in (("b256-dense", DENSE), ("b256-sparse", ANY), ("b32-sparse", ANY))
      for threads in (1, 2)),
    Work("infer-b1", 1, "samples/s", fusion(ANY)),
    Work("infer-b256-dense", 1, "samples/s", fusion(DENSE)),
    Work("infer-b256-sparse", 1, "samples/s", fusion(ANY)),
    Work("predict-b1", 1, "samples/s", fusion(ANY)),
    Work("predict-b256-sparse", 1, "samples/s", fusion(ANY)),
    *(Work("gemm-peak", threads, "GFLOP/s", fusion(["eager"], verified=False))
      for threads in (1, 2)),
    Work("start", 1, "starts/s", start),
    Work("train-memory", 1, "MiB", train_memory),
    Work("plugin-c", 1, "samples/s", plugin("the plugin's function called directly")),
    Work("plugin-isolated", 1, "samples/s", plugin("the same")),
    Work("plugin-python", 1, "samples/s", plugin("the same, in C")),
]
