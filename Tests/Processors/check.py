#!/usr/bin/env python3
"""Runs the kernels as processors other than this one would, emulated, and compares: check.py SWIFT

kernels.c prints what each kernel gives for the same numbers. On x86-64 one program holds the code of
every generation and chooses; on arm64 NEON is the baseline."""
import pathlib, platform, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARIES = ROOT / "Sources/CLibraries"
SOURCES = [ROOT / "Tests/Processors/kernels.c", LIBRARIES / "VectorMath/VectorMath.c",
           *(LIBRARIES / "Kernels" / f"{name}.c"
             for name in ("Products", "ArrayKernels", "GaussianKernels"))]
FLAGS = ["-O2", "-Wall", "-Wextra", "-Werror", "-ffp-contract=on",
         *(f"-I{LIBRARIES / name / 'include'}" for name in ("Kernels", "VectorMath"))]
ARM = "aarch64-linux-gnu"
# Sums are taken in other orders, and not everywhere is a product rounded before it is added.
TOLERANCE = 2e-5


def compile_for_x86(clang, program):
    subprocess.run([clang, "--target=x86_64-linux-gnu", *FLAGS, *SOURCES, "-lm", "-o", program],
                   check=True)


def compile_for_arm(clang, program):
    objects = []
    for source in SOURCES:
        objects.append(f"{program}-{source.stem}.o")
        subprocess.run([clang, f"--target={ARM}", "-isystem", f"/usr/{ARM}/include", *FLAGS, "-c",
                        source, "-o", objects[-1]], check=True)
    subprocess.run([f"{ARM}-gcc", "-static", *objects, "-lm", "-o", program], check=True)


def run(command):
    """The registers it says it uses, and name and numbers of each line."""
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    registers, *lines = done.stdout.splitlines()
    rows = []
    for line in lines:
        name, numbers = line.split(":")
        rows.append((name, [float(number) for number in numbers.split()]))
    return registers, rows


def worst(found, expected):
    """The largest |a − b| / max(1, |b|); infinite where the lines are not the same."""
    if [(name, len(numbers)) for name, numbers in found] != [
            (name, len(numbers)) for name, numbers in expected]:
        return float("inf"), "the lines"
    return max(
        (max((abs(a - b) / max(1, abs(b)) if a == a else float("inf"))
             for a, b in zip(numbers, others)), name)
        for (name, numbers), (_, others) in zip(found, expected))


def main():
    if platform.machine() != "x86_64":
        print("skipped: other processors are emulated on x86-64 only")
        return
    clang = pathlib.Path(shutil.which(sys.argv[1]) or "clang").resolve().parent / "clang"
    clang = str(clang) if clang.exists() else "clang"
    with tempfile.TemporaryDirectory() as folder:
        x86, arm = f"{folder}/x86", f"{folder}/arm"
        compile_for_x86(clang, x86)
        compile_for_arm(clang, arm)
        # The plainest code is what the others are held to.
        registers, expected = run(["qemu-x86_64", "-cpu", "qemu64", x86])
        assert registers == "baseline", registers
        failed = False
        for what, command, wanted in (
                ("AVX2, emulated", ["qemu-x86_64", "-cpu", "Haswell", x86], "AVX2"),
                ("NEON, emulated", ["qemu-aarch64", arm], "baseline"),
                ("this processor", [x86], None)):
            registers, found = run(command)
            distance, name = worst(found, expected)
            wrong = distance > TOLERANCE or wanted not in (None, registers)
            failed = failed or wrong
            print(f"{'FAILED' if wrong else 'passed'}: {what} ({registers}), {len(found)} "
                  f"rows of results, {distance:.1e} from x86-64's baseline at most ({name})")
    sys.exit(failed)


if __name__ == "__main__":
    main()
