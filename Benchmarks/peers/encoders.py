"""The encoders' peers: encoders.py WORK FOLDER. One thread each."""
import os, sys

for name in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
    os.environ[name + "_NUM_THREADS"] = "1"
import numpy as np
from turns import take_turns

work, folder = sys.argv[1:]


def texts():
    with open(f"{folder}/corpus.txt", encoding="utf-8") as file:
        return file.read().split("\n")[:-1], int(open(f"{folder}/tokens.txt").read())


def sound():
    return np.fromfile(f"{folder}/sound.f32", dtype=np.float32)


def grey(side):
    return np.fromfile(f"{folder}/grey{side}.raw", dtype=np.uint8).reshape(side, side)


if work == "count-vectorizer":
    from sklearn.feature_extraction.text import CountVectorizer

    documents, tokens = texts()
    vectorizer = CountVectorizer(max_features=2000).fit(documents)
    take_turns(lambda: vectorizer.transform(documents), tokens)
elif work == "hashing-vectorizer":
    from sklearn.feature_extraction.text import HashingVectorizer

    documents, tokens = texts()
    vectorizer = HashingVectorizer(n_features=2**18, norm=None)
    take_turns(lambda: vectorizer.transform(documents), tokens)
elif work == "mfcc":
    import librosa

    y = sound()
    take_turns(
        lambda: librosa.feature.mfcc(y=y, sr=16000, n_mfcc=20, n_fft=1024, hop_length=256, n_mels=40),
        len(y) / 16000)
elif work == "mfcc-torch":
    import librosa, scipy.fft, torch

    torch.set_num_threads(1)
    y = torch.tensor(sound())
    window = torch.hann_window(1024)
    filters = torch.tensor(librosa.filters.mel(sr=16000, n_fft=1024, n_mels=40))
    basis = torch.tensor(scipy.fft.dct(np.eye(40), norm="ortho", axis=0)[:20].astype(np.float32))

    def run():
        spectrum = torch.stft(
            y, 1024, 256, window=window, center=True, pad_mode="constant", return_complex=True)
        power = filters @ (spectrum.real**2 + spectrum.imag**2)
        decibels = 10 * torch.log10(power.clamp_min(1e-10))
        return basis @ torch.maximum(decibels, decibels.max() - 80)

    take_turns(run, len(y) / 16000)
elif work in ("hog", "hog-64"):
    from skimage.feature import hog

    picture = grey(64 if work.endswith("64") else 512)
    take_turns(lambda: hog(picture, 9, (8, 8), (2, 2), block_norm="L2-Hys"), 1)
elif work in ("hog-opencv", "hog-opencv-64"):
    import cv2

    cv2.setNumThreads(1)
    side = 64 if work.endswith("64") else 512
    picture = grey(side)
    descriptor = cv2.HOGDescriptor((side, side), (16, 16), (8, 8), (8, 8), 9)
    take_turns(lambda: descriptor.compute(picture), 1)
else:
    sys.exit(f"no peer for {work}")
