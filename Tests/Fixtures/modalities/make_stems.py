#!/usr/bin/env python3
"""Writes stems.json beside this file: words and their stems for every algorithm of Snowball, by its
own compiler's Python code. Needs snowballstemmer (written with 2.2.0); deterministic."""
import json, os, unicodedata
import snowballstemmer

here = os.path.dirname(os.path.abspath(__file__))
words = {
    "arabic": "والكتاب المدرسة كتبت مسلمون",
    "armenian": "գրքերը մարդկանց քաղաքներում",
    "basque": "etxeetara liburuekin zaldiak",
    "catalan": "cantaven llibreries bonament",
    "danish": "bøgerne hundenes arbejder",
    "dutch": "boeken lichamelijkheid huizen",
    "english": "running generously flies skies dying national",
    "finnish": "taloissa kirjojen juoksemaan",
    "french": "continuellement chevaux mangeaient majestueusement",
    "german": "aufeinander häuser kätzchen straßen",
    "greek": "ανθρωποι βιβλιων τρεχοντας",
    "hindi": "लड़कियों किताबें करता",
    "hungarian": "könyveket házakban embereknek",
    "indonesian": "membacakan permainannya makanan",
    "irish": "bhfear leabhair gcathaoir",
    "italian": "abbandonata velocemente libri",
    "lithuanian": "knygomis žmonėms namuose",
    "nepali": "किताबहरू केटाले घरमा",
    "norwegian": "bøkene hundenes arbeidere",
    "porter": "running generously flies skies dying national",
    "portuguese": "quilométricas livros rapidamente",
    "romanian": "cărțile copiilor frumoaselor",
    "russian": "важнейшими книгами бегущего домов",
    "serbian": "knjigama ljudima gradovima",
    "spanish": "chicas cantando rápidamente torneo",
    "swedish": "böckerna hundarnas arbetare",
    "tamil": "புத்தகங்கள் மரங்களில் வந்தான்",
    "turkish": "kitaplarımız evlerden gözlükçü",
    "yiddish": "ביכער מענטשן געלערנט",
}
stems = {}
for name, text in words.items():
    text = unicodedata.normalize("NFC", text)
    stemmer = snowballstemmer.stemmer(name)
    stems[name] = [[word, stemmer.stemWord(word)] for word in text.split()]
    assert any(word != stem for word, stem in stems[name]), name
with open(os.path.join(here, "stems.json"), "w", encoding="utf-8") as file:
    lines = (json.dumps(name) + ": " + json.dumps(stems[name], ensure_ascii=False) for name in stems)
    file.write("{\n" + ",\n".join(lines) + "\n}\n")
