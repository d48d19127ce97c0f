#!/usr/bin/env python3
"""Writes the PNG and audio fixtures beside this file. Needs numpy and soundfile; deterministic.

The PNGs are packed by hand (zlib and struct), so that they do not depend on the code under test or
on any image library; expected.json holds the raw values a decoder must give: palettes as RGB, tRNS
as alpha, depths below 8 scaled to 8 bits, 16 bits kept, gamma ignored."""
import json, os, struct, zlib
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack_rows(samples, depth):
    out = b""
    for row in samples:
        if depth == 16:
            packed = row.astype(">u2").tobytes()
        elif depth == 8:
            packed = row.astype("u1").tobytes()
        else:
            bits = "".join(format(int(v), "0%db" % depth) for v in row.ravel())
            bits += "0" * (-len(bits) % 8)
            packed = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
        out += b"\0" + packed
    return out


def png(samples, color, depth, interlaced=False, extra=()):
    height, width = samples.shape[:2]
    if interlaced:
        raw = b""
        for x, y, dx, dy in ADAM7:
            part = samples[y::dy, x::dx]
            if part.size:
                raw += pack_rows(part, depth)
    else:
        raw = pack_rows(samples, depth)
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    body = b"".join(chunk(k, d) for k, d in extra)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


rng = np.random.default_rng(7)
W, H = 9, 6
expected = {}


def write(name, data, values, depth):
    with open(os.path.join(here, name), "wb") as f:
        f.write(data)
    h, w, c = values.shape
    expected[name] = dict(width=w, height=h, channels=c, bitDepth=depth, values=values.ravel().tolist())


names = {0: "grey", 2: "rgb", 3: "palette", 4: "grey-alpha", 6: "rgb-alpha"}
for color, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
    for depth in depths:
        for interlaced in (False, True):
            count = min(1 << depth, 200) if color == 3 else 1 << depth
            samples = rng.integers(0, count, size=(H, W, CHANNELS[color]))
            extra = []
            if color == 3:
                palette = rng.integers(0, 256, size=(count, 3))
                extra.append((b"PLTE", palette.astype("u1").tobytes()))
                values = palette[samples[..., 0]]
            else:
                values = samples * (255 // ((1 << depth) - 1)) if depth < 8 else samples
            name = "%s-%d%s.png" % (names[color], depth, "-interlaced" if interlaced else "")
            write(name, png(samples, color, depth, interlaced, extra), values, 16 if depth == 16 else 8)

# tRNS: one transparent colour, or an opacity for each of the first palette entries.
samples = rng.integers(0, 4, size=(H, W, 1)) * 60
alpha = np.where(samples == 60, 0, 255)
write("grey-8-transparent.png", png(samples, 0, 8, extra=[(b"tRNS", struct.pack(">H", 60))]),
      np.concatenate([samples, alpha], 2), 8)
samples = rng.integers(0, 2, size=(H, W, 3)) * 200
alpha = np.where((samples == [200, 0, 200]).all(2, keepdims=True), 0, 255)
write("rgb-8-transparent.png", png(samples, 2, 8, extra=[(b"tRNS", struct.pack(">HHH", 200, 0, 200))]),
      np.concatenate([samples, alpha], 2), 8)
samples = rng.integers(0, 3, size=(H, W, 1)) * 20000 + 5
alpha = np.where(samples == 20005, 0, 65535)
write("grey-16-transparent.png", png(samples, 0, 16, extra=[(b"tRNS", struct.pack(">H", 20005))]),
      np.concatenate([samples, alpha], 2), 16)
samples = rng.integers(0, 4, size=(H, W, 1))
palette = np.array([[10, 20, 30], [40, 50, 60], [70, 80, 90], [250, 240, 230]])
opacity = np.array([0, 128, 255, 255])
write("palette-2-transparent.png",
      png(samples, 3, 2, extra=[(b"PLTE", palette.astype("u1").tobytes()), (b"tRNS", bytes([0, 128]))]),
      np.concatenate([palette[samples[..., 0]], opacity[samples]], 2), 8)
# 25488 / 257 = 99.2: a decoder that applies the gamma gives 166.
samples = np.full((H, W, 3), 25488)
write("rgb-16-gamma.png", png(samples, 2, 16, extra=[(b"gAMA", struct.pack(">I", 100000))]), samples, 16)

whole = open(os.path.join(here, "rgb-8.png"), "rb").read()
open(os.path.join(here, "truncated.png"), "wb").write(whole[:len(whole) * 3 // 5])
open(os.path.join(here, "no-end.png"), "wb").write(whole[:-12])
flipped = bytearray(whole)
flipped[60] ^= 0x55
open(os.path.join(here, "flipped.png"), "wb").write(bytes(flipped))
huge = struct.pack(">IIBBBBB", 500000, 500000, 8, 2, 0, 0, 0)
open(os.path.join(here, "huge-header.png"), "wb").write(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", huge) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b""))
bomb = struct.pack(">IIBBBBB", 19000, 19000, 16, 6, 0, 0, 0)
open(os.path.join(here, "bomb.png"), "wb").write(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bomb) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b""))
lie = struct.pack(">IIBBBBB", 9000, 9000, 8, 2, 0, 0, 0)
open(os.path.join(here, "lie.png"), "wb").write(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", lie) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b""))
open(os.path.join(here, "text.png"), "w").write("this is no picture\n")
json.dump(expected, open(os.path.join(here, "expected.json"), "w"), separators=(",", ":"))

import soundfile as sf  # noqa: E402  after the part that needs no audio library


def tone(rate, seconds, frequency=440.0, amplitude=0.5):
    return amplitude * np.sin(2 * np.pi * frequency * np.arange(int(rate * seconds)) / rate)


def sound(name, rate, data, subtype, kind=None):
    sf.write(os.path.join(here, name), data, rate, subtype=subtype, format=kind)


sound("int16-16000.wav", 16000, tone(16000, 0.3), "PCM_16")
sound("int24-48000.wav", 48000, tone(48000, 0.2), "PCM_24")
left = tone(44100, 0.1)
sound("float-44100-stereo.wav", 44100, np.stack([left * 1.5, left * 0.5], 1).astype("f4"), "FLOAT")
sound("tone-5000.flac", 5000, tone(5000, 0.5), "PCM_16")
sound("tone-22050.ogg", 22050, tone(22050, 0.6), "VORBIS", "OGG")
sound("silent.wav", 16000, np.zeros(1600), "PCM_U8")
sound("no-samples.wav", 16000, np.zeros(0), "PCM_16")
broken = tone(16000, 0.05).astype("f4")
broken[[10, 20, 30]] = [np.nan, np.inf, -np.inf]
sound("not-finite.wav", 16000, broken, "FLOAT")
for name in ("tone-22050.ogg", "tone-5000.flac", "int16-16000.wav"):
    whole = open(os.path.join(here, name), "rb").read()
    open(os.path.join(here, "truncated-" + name), "wb").write(whole[:len(whole) * 7 // 10])
open(os.path.join(here, "text.ogg"), "w").write("this is no sound\n" * 20)
