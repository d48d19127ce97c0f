"""Writes the .npy files beside it, and expected.json with the numbers that numpy reads from them.

Run with numpy installed: python make_fixtures.py
"""
import json
import os

import numpy as np

folder = os.path.dirname(os.path.abspath(__file__))
real = np.array([0.1, -2.5, 3e-7, 0, 123456.789])
whole = np.array([0, 1, -1, 100, -128])
good = {
    "float32": real.astype("<f4"), "float32-big": real.astype(">f4"),
    "float64": real.astype("<f8"), "float64-big": real.astype(">f8"),
    "int8": whole.astype("i1"), "uint8": np.array([0, 1, 127, 128, 255], "u1"),
    "int16-big": (whole * 200).astype(">i2"), "uint16": np.array([0, 65535], "<u2"),
    "int32": (whole * 10_000_000).astype("<i4"), "uint32-big": np.array([1, 4294967295], ">u4"),
    "int64": whole.astype("<i8") * 2**45, "int64-big": whole.astype(">i8") * 2**45,
    "uint64": np.array([0, 2**63], "<u8"), "bool": np.array([True, False, True]),
    "row": real.reshape(1, 5), "row-fortran": np.asfortranarray(real.reshape(1, 5)),
}
bad = {
    "object": np.array([1.0, None], object), "complex": real.astype(complex),
    "half": real.astype("f2"), "text": np.array(["1", "2"]),
    "records": np.zeros(2, [("a", "f8"), ("b", "f8")]), "date": np.array(["2020-01-01"], "M8[D]"),
    "matrix": np.zeros((2, 3)), "column": np.zeros((3, 1)), "scalar": np.array(1.5),
    "empty": np.zeros(0), "nan": np.array([1, np.nan]), "infinite": np.array([1, -np.inf]),
}


def path(name):
    return os.path.join(folder, name + ".npy")


expected = {}
for name, array in good.items():
    np.save(path(name), array)
    expected[name] = [float(value) for value in np.load(path(name)).ravel()]
for name, array in bad.items():
    np.save(path("bad-" + name), array, allow_pickle=True)
for version in ((1, 0), (2, 0), (3, 0)):
    name = f"version{version[0]}"
    with open(path(name), "wb") as file:
        np.lib.format.write_array(file, real, version=version)
    expected[name] = [float(value) for value in np.load(path(name))]
with open(os.path.join(folder, "expected.json"), "w") as file:
    json.dump(expected, file, indent=1, sort_keys=True)
    file.write("\n")
