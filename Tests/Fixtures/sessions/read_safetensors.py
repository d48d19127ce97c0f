#!/usr/bin/env python3
"""Reads a safetensors file by the format's description alone, strictly, with nothing but the
standard library, and prints {"metadata": {…}, "tensors": {name: shape}}.

Where the `safetensors` package (and numpy) is installed, its reading must agree."""
import json
import math
import struct
import sys


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert length <= len(content) - 8, "the header is longer than the file"
    header = json.loads(content[8:8 + length].decode("utf-8"))
    metadata = header.pop("__metadata__", {})
    for name, value in metadata.items():
        assert isinstance(value, str), f"metadata {name} is no string"
    data = content[8 + length:]
    tensors, end = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        assert set(entry) == {"dtype", "shape", "data_offsets"}, f"{name}: {sorted(entry)}"
        assert entry["dtype"] == "F32", f"{name}: {entry['dtype']}"
        first, last = entry["data_offsets"]
        count = math.prod(entry["shape"])
        assert first == end, f"{name} begins at {first}, expected {end}"
        assert last - first == 4 * count, f"{name}: {last - first} bytes for {entry['shape']}"
        values = struct.unpack(f"<{count}f", data[first:last])
        assert all(map(math.isfinite, values)), f"{name} is not finite"
        tensors[name] = (entry["shape"], values)
        end = last
    assert end == len(data), f"{len(data) - end} bytes belong to no tensor"
    return metadata, tensors


def compare(path, metadata, tensors):
    try:
        from safetensors import safe_open
    except ImportError:
        return
    with safe_open(path, framework="numpy") as file:
        assert file.metadata() == metadata, "the package reads other metadata"
        assert sorted(file.keys()) == sorted(tensors), "the package reads other names"
        for name, (shape, values) in tensors.items():
            tensor = file.get_tensor(name)
            assert list(tensor.shape) == shape, f"the package reads another shape of {name}"
            assert tensor.ravel().tolist() == list(values), f"the package reads another {name}"


metadata, tensors = read(sys.argv[1])
compare(sys.argv[1], metadata, tensors)
shapes = {name: shape for name, (shape, _) in tensors.items()}
print(json.dumps({"metadata": metadata, "tensors": shapes}))
