"""Writes what both sides work on into a folder: material.py FOLDER."""
import gzip, os, pathlib, re, sys, zlib

import numpy as np
import skimage
from PIL import Image

folder = sys.argv[1]
rng = np.random.default_rng(0)

# Real text: what Debian's packages say of themselves and Python's library in its sources, cut into
# documents of about 800 characters, one a line, none twice.
documents, seen, total = [], set(), 0
for root in ("/usr/share/doc", "/usr/share/perl", os.path.dirname(os.__file__)):
    for path in sorted(pathlib.Path(root).rglob("*")):
        if path.is_symlink() or not path.is_file() or total > 8_000_000:
            continue
        try:
            content = (gzip.open(path) if path.suffix == ".gz" else open(path, "rb")).read()
            text = content.decode("utf-8")
        except (OSError, EOFError, UnicodeDecodeError, zlib.error):
            continue
        if "\0" in text:
            continue
        words, count = [], 0
        for word in text.split():
            words.append(word)
            count += len(word) + 1
            if count >= 800:
                document = " ".join(words)
                if document not in seen:
                    seen.add(document)
                    documents.append(document)
                    total += count
                words, count = [], 0
with open(f"{folder}/corpus.txt", "w", encoding="utf-8") as file:
    file.writelines(document + "\n" for document in documents)
pattern = re.compile(r"(?u)\b\w\w+\b")
with open(f"{folder}/tokens.txt", "w") as file:
    file.write(str(sum(len(pattern.findall(document)) for document in documents)))

# A minute of a rising tone in noise.
t = np.arange(16_000 * 60) / 16_000
tone = 0.3 * np.sin(2 * np.pi * (200 * t + 30 * t * t)) + 0.05 * rng.standard_normal(len(t))
tone.astype(np.float32).tofile(f"{folder}/sound.f32")

# A photograph of 512 × 512 pixels.
photo = Image.fromarray(skimage.data.astronaut())
photo.save(f"{folder}/photo.png")
np.asarray(photo.convert("L")).tofile(f"{folder}/grey512.raw")
np.asarray(photo.convert("L").resize((64, 64), Image.BOX)).tofile(f"{folder}/grey64.raw")
