"""Writes what both sides work on into a folder: material.py FOLDER. The same bytes everywhere."""
import re, sys

import numpy as np
import skimage
from PIL import Image

folder = sys.argv[1]
rng = np.random.default_rng(0)

# English-looking text: words of Zipf's frequencies, sentences with capitals and punctuation, one
# document of about 800 characters a line.
letters = np.array(list("etaoinshrdlcumwfgypbvkjxqz"))
weights = 1 / np.arange(1, 27) ** 0.7
sizes = rng.poisson(5.5, 30_000) + 1
words = ["".join(rng.choice(letters, size, p=weights / weights.sum())) for size in sizes]
words += ["café", "naïve", "über", "señor", "straße", "Ωmega", "данные", "日本"]
ranks = np.clip(rng.zipf(1.35, 1_500_000) - 1, 0, None) % len(words)
documents, line, count = [], [], 0
for position, rank in enumerate(ranks):
    word = words[rank]
    if position % 13 == 0:
        word = word.capitalize()
    elif position % 13 == 12:
        word += ".,;!?"[rank % 5]
    line.append(word)
    count += len(word) + 1
    if count >= 800:
        documents.append(" ".join(line))
        line, count = [], 0
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
