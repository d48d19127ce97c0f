#!/usr/bin/env python3
"""Writes a manifest of many samples with sparse text, and measures `eau` on it.

million.py --write FILE --samples N [--seed 1]
    JSON lines (or CSV, by the name's ending): id, label, text. Ten classes; a text has 12 to 60 words,
    drawn from 200,000 by Zipf's law, each fifth of them from the words of its class.
"""
import argparse, bisect, csv, itertools, json, random

CLASSES, WORDS, OWN = 10, 200_000, 400
SYLLABLES = [c + v for c in "bdfghklmnprstvw" for v in "aeiou"]


def word(number):
    """A word of its own for each number, short for the frequent ones."""
    text = ""
    while True:
        number, digit = divmod(number, len(SYLLABLES))
        text += SYLLABLES[digit]
        if not number:
            return text


def samples(count, seed):
    """id, label and text of each sample, always the same."""
    generator = random.Random(seed)
    words = [word(number) for number in range(WORDS)]
    heights = list(itertools.accumulate(1 / (rank + 10) for rank in range(WORDS)))
    for number in range(count):
        label = generator.randrange(CLASSES)
        text = []
        for _ in range(generator.randint(12, 60)):
            if generator.random() < 0.2:
                text.append(words[1000 + label * OWN + int(OWN * generator.random() ** 3)])
            else:
                text.append(words[bisect.bisect(heights, generator.random() * heights[-1])])
        yield f"s{number + 1:07}", f"class {label}", " ".join(text)


def write(path, count, seed):
    with open(path, "w", encoding="utf-8", newline="") as file:
        if path.endswith(".csv"):
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["id", "label", "text"])
            rows.writerows(samples(count, seed))
            return
        for identifier, label, text in samples(count, seed):
            file.write(json.dumps({"id": identifier, "label": label, "text": text}) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", required=True)
    parser.add_argument("--samples", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.write, options.samples, options.seed)


main()
