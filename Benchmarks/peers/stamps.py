"""The same features of the same stamps with Pillow, scikit-image, librosa and scikit-learn.

stamps.py STAMPS DRAWINGS: encodes on two processes and prints the seconds that took, imports not
counted. DRAWINGS is the folder where `eau` keeps the stamps it drew.
"""
import os, sys, time

for name in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
    os.environ[name + "_NUM_THREADS"] = "1"
import multiprocessing, pathlib
import librosa, numpy as np
from PIL import Image
from scipy.stats import kurtosis, skew
from skimage.feature import hog
from sklearn.feature_extraction.text import TfidfVectorizer

CATEGORIES = "animals clothes food household people plants seasonal space symbols town vehicles".split()


def samples(stamps, drawings):
    for text in sorted(stamps.rglob("*.txt")):
        key = str(text.relative_to(stamps))[:-4]
        sound = text.with_name(text.stem + "_desc_fr.ogg")
        picture = text.with_suffix(".png")
        if not picture.exists():
            picture = drawings / (key + ".png")
        if (key.split("/")[0] in CATEGORIES and not key.startswith("symbols/alphabets")
                and sound.exists() and picture.exists()):
            yield picture, sound, text.read_text(errors="replace").split("\n")[0]


def image_row(path):
    picture = Image.open(path).convert("RGBA")
    box = picture.getchannel("A").getbbox()
    picture = picture.crop(box) if box else picture
    picture.thumbnail((64, 64), Image.BOX)
    canvas = Image.new("RGBA", (64, 64), "white")
    canvas.alpha_composite(picture, ((64 - picture.width) // 2, (64 - picture.height) // 2))
    rgb = canvas.convert("RGB")
    grey = np.asarray(rgb.convert("L"))
    histogram, _ = np.histogramdd(np.asarray(rgb).reshape(-1, 3), bins=4, range=[(0, 256)] * 3)
    return np.concatenate([
        np.asarray(rgb.resize((12, 12), Image.BOX)).ravel() / 255, histogram.ravel() / 4096,
        hog(grey, 9, (16, 16), (2, 2), block_norm="L2-Hys"),
        [grey.mean(), grey.std(), skew(grey, None), kurtosis(grey, None)]])


def audio_row(path):
    y, rate = librosa.load(path, sr=16000, duration=10)
    mfcc = librosa.feature.mfcc(y=y, sr=rate, n_mfcc=20, n_fft=1024, hop_length=256, n_mels=40)
    parts = np.array_split(mfcc, 12, axis=1)
    return np.concatenate(
        [mfcc.mean(1), mfcc.std(1), mfcc.min(1), mfcc.max(1), np.abs(np.diff(mfcc)).mean(1)]
        + [part.mean(1) if part.size else mfcc.mean(1) for part in parts]
        + [[len(y) / rate, librosa.feature.rms(y=y).mean(),
            librosa.feature.spectral_centroid(y=y, sr=rate).mean()]])


def row(sample):
    return image_row(sample[0]), audio_row(sample[1])


if __name__ == "__main__":
    stamps, drawings = map(pathlib.Path, sys.argv[1:])
    with multiprocessing.Pool(2) as pool:
        # The first calls of a library compile and load: not counted either.
        chosen = list(samples(stamps, drawings))
        pool.map(row, chosen[:8], chunksize=4)
        start = time.perf_counter()
        chosen = list(samples(stamps, drawings))
        rows = pool.map(row, chosen, chunksize=8)
        words = TfidfVectorizer(max_features=2000).fit_transform([text for _, _, text in chosen])
        print(time.perf_counter() - start, len(rows), words.shape[1])
