"""A sparse encoder for the tests: how often each letter stands in a text, against a learned order.
With FAULT=… in the environment of `faulty`, or by its option, it misbehaves in one way."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../Plugins/Process/Python"))

import eau_plugin

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Letters(eau_plugin.Encoder):
    """how often each letter stands in a text"""

    identifier = "letters"
    version = 3
    modality = "text"
    sparse = True
    parameters = [
        eau_plugin.integer("power", 1, 3, 1, "each count is raised to it"),
        eau_plugin.choice("case", ["lower", "keep"], "lower", "what happens to capitals"),
        eau_plugin.flag("log", False, "counts as logarithms"),
        eau_plugin.choice(
            "fault",
            ["none", "nan", "count", "order", "raise", "print", "exit", "hang", "amount", "many",
             "twins", "nameless", "words"],
            "none",
            "what goes wrong",
        ),
    ]
    corruptions = {"drop": "each letter vanishes with probability severity/10"}

    def decode(self, raw):
        text = raw.text()
        return text.lower() if self.options["case"] == "lower" else text

    def fit(self, signals):
        seen = set()
        for signal in signals:
            seen.update(letter for letter in signal if letter in LETTERS)
        if not seen:
            raise eau_plugin.Refused("expected a letter, found none", "give texts", "nothing-to-fit")
        return sorted(seen)

    def names(self):
        if self.options["fault"] == "nameless":
            return []
        twins = self.options["fault"] == "twins"
        return ["letter" if twins else f"letter:{letter}" for letter in self.state]

    def encode(self, signal):
        fault = self.options["fault"]
        if fault == "words":
            return "words"
        if fault == "raise":
            return {0: 1 / 0}
        if fault == "exit":
            print("I cannot go on", file=sys.stderr)
            os._exit(3)
        while fault == "hang":
            pass
        if fault == "print":
            print("{} this is no answer")
        row = {}
        for column, letter in enumerate(self.state):
            count = signal.count(letter) ** self.options["power"]
            if count:
                row[column] = float("nan") if fault == "nan" else count
        if fault == "many":
            row[len(self.state) + 5] = 1
        return row

    def corrupt(self, signal, kind, severity, random):
        kept = "".join(c for c in signal if random.random() >= severity / 10)
        amount = (len(signal) - len(kept)) / max(1, len(signal))
        return kept, -1 if self.options["fault"] == "amount" else amount

    def preview(self, signal):
        return signal.split()

    def warnings(self, signal):
        return [] if set(signal) & set(self.state or LETTERS) else ["no letter is known"]


if __name__ == "__main__":
    eau_plugin.run(Letters)
