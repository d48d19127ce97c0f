#!/usr/bin/env python3
"""Writes text-options.json beside this file: scikit-learn's rows for every option of the encoders of
text. Needs scikit-learn (written with 1.9.1); deterministic. Each case has the options as a person
types them; a row is a list of [column, value], without the zeros that colliding hashes leave."""
import json, os
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer

here = os.path.dirname(os.path.abspath(__file__))
documents = [
    "The quick brown fox jumps over the lazy dog.  The DOG barked!\n",
    "Naïve café ÉCOLE — the ﬁne Ångström, straße; it's Ⅳ o'clock",
    "cafe\u0301 \t\n ecole\u2003\u2003x\u00a0y\tz naive \x1f\x1f end\r\nof",
    "हिन्दी 한국어 Ἀθῆναι ΟΔΟΣ naïve fox ½ 多模态 融合 \U0001f355",
    "the the a of fox fox caf\u00e9",
    "",
    "cbhatswl is a word whose hash is -2147483648, the least one",
]


def rows(matrix):
    matrix = matrix.tocsr()
    matrix.sort_indices()
    matrix.eliminate_zeros()
    ends = matrix.indptr
    return [[[int(j), float(v)] for j, v in zip(matrix.indices[a:b], matrix.data[a:b])]
            for a, b in zip(ends, ends[1:])]


def tfidf(typed, texts=documents, **options):
    vectorizer = TfidfVectorizer(**options)
    matrix = vectorizer.fit_transform(texts)
    return dict(options=typed.split(), vocabulary=vectorizer.get_feature_names_out().tolist(),
                idf=vectorizer.idf_.tolist(), rows=rows(matrix))


def within_words(typed, accents=None, **options):
    """char_wb on the words alone, which is what the encoder cuts."""
    analyze = CountVectorizer(strip_accents=accents).build_analyzer()
    return tfidf(typed, [" ".join(analyze(text)) for text in documents], analyzer="char_wb", **options)


def hashed(typed, **options):
    return dict(options=typed.split(), rows=rows(HashingVectorizer(**options).transform(documents)))


words = [
    tfidf("smoothIdf=off", smooth_idf=False),
    tfidf("maximumDocuments=0.5", max_df=0.5),
    tfidf("maximumDocuments=0.28", max_df=0.28),
    tfidf("maximumDocuments=0.5 minimumDocuments=2", max_df=0.5, min_df=2),
    tfidf("accents=strip", strip_accents="unicode"),
    tfidf("stopWords=english", stop_words="english"),
    tfidf("stopWords=english ngrams=2", stop_words="english", ngram_range=(1, 2)),
    tfidf("accents=strip stopWords=english ngrams=3 smoothIdf=off sublinear=on norm=l1 "
          "maximumDocuments=0.4", strip_accents="unicode", stop_words="english", ngram_range=(1, 3),
          smooth_idf=False, sublinear_tf=True, norm="l1", max_df=0.4),
]
text = dict(analyzer="char")
characters = [
    tfidf("charactersFrom=text characters=3", **text, ngram_range=(3, 3)),
    tfidf("charactersFrom=text characters=1", **text, ngram_range=(1, 1)),
    tfidf("charactersFrom=text characters=3 shortestCharacters=1 norm=none", **text,
          ngram_range=(1, 3), norm=None),
    tfidf("charactersFrom=text characters=5 shortestCharacters=4 accents=strip", **text,
          ngram_range=(4, 5), strip_accents="unicode"),
    tfidf("charactersFrom=text characters=2 stopWords=english maximumDocuments=0.5 smoothIdf=off",
          **text, ngram_range=(2, 2), max_df=0.5, smooth_idf=False),
    within_words("characters=3", ngram_range=(3, 3)),
    within_words("characters=5 shortestCharacters=1", ngram_range=(1, 5)),
    within_words("characters=4 shortestCharacters=2 accents=strip stopWords=english",
                 accents="unicode", ngram_range=(2, 4)),
]
hashes = [
    hashed("features=1048576"),
    hashed("features=16", n_features=16),
    hashed("features=16 signed=off norm=l1", n_features=16, alternate_sign=False, norm="l1"),
    hashed("features=100 norm=none", n_features=100, norm=None),
    hashed("features=1000 norm=l1 accents=strip", n_features=1000, norm="l1",
           strip_accents="unicode"),
    hashed("stopWords=english ngrams=3", n_features=4096, stop_words="english", ngram_range=(1, 3)),
    hashed("features=4194304 ngrams=2 signed=off", n_features=4194304, ngram_range=(1, 2),
           alternate_sign=False),
]
result = dict(documents=documents, words=words, characters=characters, hashed=hashes)
with open(os.path.join(here, "text-options.json"), "w") as file:
    json.dump(result, file, ensure_ascii=False, separators=(",", ":"))
