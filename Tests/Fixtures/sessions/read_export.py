#!/usr/bin/env python3
"""Reads what `export` wrote by the formats' descriptions alone, with nothing but the standard
library, and prints it as JSON. Where numpy and safetensors are installed, they must agree.

features: {"ids", "answers", "splits", "names": {modality: [..]}, "rows": {modality: [row or null]}}
sample: {"width", "height", "rgb"} or {"rate", "channels", "width", "samples"} or {"text"}"""
import ast
import csv
import json
import math
import struct
import sys
import wave
import zlib


def safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length].decode("utf-8"))
    meta = header.pop("__metadata__")
    data, tensors, end = content[8 + length:], {}, 0
    codes = {"F32": "f", "F64": "d", "I64": "q", "I32": "i", "U8": "B"}
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        first, last = entry["data_offsets"]
        assert first == end, f"a hole before {name}"
        count, code = math.prod(entry["shape"]), codes[entry["dtype"]]
        tensors[name] = struct.unpack(f"<{count}{code}", data[first:last])
        end = last
    assert end == len(data)
    try:
        from safetensors import safe_open
        with safe_open(path, framework="numpy") as file:
            assert sorted(file.keys()) == sorted(tensors)
    except ImportError:
        pass
    ids = json.loads(meta["ids"])
    rows, names = {}, {}
    for name in [key[:-9] for key in meta if key.endswith(".features")]:
        names[name] = json.loads(meta[name + ".features"])
        present, width = tensors[name + ".present"], len(names[name])
        rows[name] = []
        for i in range(len(ids)):
            if name in tensors:
                row = list(tensors[name][i * width:(i + 1) * width])
                assert present[i] or all(map(math.isnan, row))
            else:
                row = [0.0] * width
                offsets = tensors[name + ".offsets"]
                for entry in range(offsets[i], offsets[i + 1]):
                    row[tensors[name + ".columns"][entry]] = tensors[name + ".values"][entry]
            rows[name].append(row if present[i] else None)
    classes = json.loads(meta.get("classes", "[]"))
    answers = [classes[k] for k in tensors["label"]] if classes else list(tensors["value"])
    return ids, answers, json.loads(meta["splits"]), names, rows


def numpy(path):
    with open(path, "rb") as file:
        content = file.read()
    assert content[:6] == b"\x93NUMPY" and content[7] == 0
    start = 10 if content[6] == 1 else 12
    (length,) = struct.unpack("<H" if start == 10 else "<I", content[8:start])
    assert (start + length) % 64 == 0 and content[start + length - 1] == 10
    header = ast.literal_eval(content[start:start + length].decode("latin1"))
    assert set(header) == {"descr", "fortran_order", "shape"}
    fields, at = {}, start + length
    for _ in range(header["shape"][0]):
        for field in header["descr"]:
            name, kind = field[0], field[1]
            if kind.startswith("<U"):
                size = 4 * int(kind[2:])
                value = content[at:at + size].decode("utf-32-le").rstrip("\0")
            elif kind == "<f8":
                size, (value,) = 8, struct.unpack("<d", content[at:at + 8])
            else:
                size = 4 * field[2][0]
                value = list(struct.unpack(f"<{field[2][0]}f", content[at:at + size]))
                value = None if all(map(math.isnan, value)) else value
            fields.setdefault(name, []).append(value)
            at += size
    assert at == len(content)
    try:
        import numpy as np
        assert list(np.load(path).dtype.names) == [field[0] for field in header["descr"]]
    except ImportError:
        pass
    rows = {field[0]: fields[field[0]] for field in header["descr"] if field[1] == "<f4"}
    answers = fields["label"] if "label" in fields else fields["value"]
    return fields["id"], answers, fields["split"], {}, rows


def single(text):
    return struct.unpack("<f", struct.pack("<f", float(text)))[0]


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file, strict=True))
    head, lines = lines[0], lines[1:]
    assert head[0] == "id" and head[2] == "split"
    places = {}
    for place, name in enumerate(head[3:], 3):
        places.setdefault(name.split(":", 1)[0], []).append(place)
    names = {m: [head[p].split(":", 1)[1] for p in ps] for m, ps in places.items()}
    rows = {m: [None if all(line[p] == "" for p in ps) else [single(line[p]) for p in ps]
                for line in lines] for m, ps in places.items()}
    return ([l[0] for l in lines], [l[1] for l in lines], [l[2] for l in lines], names, rows)


def picture(path):
    with open(path, "rb") as file:
        content = file.read()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    at, pixels = 8, b""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at:at + 8])
        body = content[at + 8:at + 8 + length]
        (crc,) = struct.unpack(">I", content[at + 8 + length:at + 12 + length])
        assert crc == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width, height, depth, colors, _, _, interlace = struct.unpack(">IIBBBBB", body)
            assert (depth, colors, interlace) == (8, 2, 0)
        if kind == b"IDAT":
            pixels += body
        at += 12 + length
    lines, stride, above, rgb = zlib.decompress(pixels), 3 * width, None, []
    for y in range(height):
        rule, line = lines[y * (stride + 1)], list(lines[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        above = above or [0] * stride
        for i in range(stride):
            left = line[i - 3] if i >= 3 else 0
            up, corner = above[i], above[i - 3] if i >= 3 else 0
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda v: abs(guess - v))
            line[i] = (line[i] + [0, left, up, (left + up) // 2, paeth][rule]) % 256
        rgb += line
        above = line
    return {"width": width, "height": height, "rgb": rgb}


def sound(path):
    with wave.open(path, "rb") as file:
        count = file.getnframes()
        samples = struct.unpack(f"<{count}h", file.readframes(count))
        return {"rate": file.getframerate(), "channels": file.getnchannels(),
                "width": file.getsampwidth(), "samples": samples}


path = sys.argv[1]
ending = path.rsplit(".", 1)[1]
if ending == "png":
    print(json.dumps(picture(path)))
elif ending == "wav":
    print(json.dumps(sound(path)))
else:
    ids, answers, splits, names, rows = {"safetensors": safetensors, "npy": numpy, "csv": table}[ending](path)
    print(json.dumps({"ids": ids, "answers": answers, "splits": splits, "names": names, "rows": rows},
                     sort_keys=True))
