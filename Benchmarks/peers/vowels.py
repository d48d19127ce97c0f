"""The smallest of encoders, as Tests/Fixtures/plugins/vowels.c, behind the kit for Python."""

import math

import eau_plugin


class Vowels(eau_plugin.Encoder):
    identifier = "vowels"
    modality = "text"
    features = list("aeiou")

    def decode(self, raw):
        return raw.text()

    def encode(self, text):
        return [math.log1p(text.count(vowel)) for vowel in self.features]


if __name__ == "__main__":
    eau_plugin.run(Vowels)
