"""Encoders for the EAU toolkit, in Python. One file, the standard library only.

    import eau_plugin

    class Lengths(eau_plugin.Encoder):
        identifier = "lengths"
        modality = "text"
        features = ["characters", "words"]

        def encode(self, signal):
            text = signal.text()
            return [len(text), len(text.split())]

    if __name__ == "__main__":
        eau_plugin.run(Lengths)

`plugin load ./lengths.py` in eau starts it and talks to it over its standard input and output;
Plugins/Process/PROTOCOL.md says how. What the program prints goes to standard error. By itself,
`python3 lengths.py TEXT-OR-FILE …` shows what it makes of samples.
"""

import array
import json
import os
import random
import sys
import zlib

PROTOCOL = 1


class Refused(Exception):
    """What a person should know: raise it where an input, a parameter or a state cannot be used.

    `kind` is one of the toolkit's: wrong-format, wrong-input, empty-input, damaged, too-large,
    unreadable, bad-parameter, bad-state, nothing-to-fit, unknown-corruption, encoding-failed.
    """

    def __init__(self, message, hint="", kind="wrong-input"):
        super().__init__(message)
        self.message, self.hint, self.kind = message, hint, kind


def integer(name, low, high, default, summary, unit=None):
    """A parameter: a whole number from low to high."""
    return _parameter(name, "integer", default, summary, unit, minimum=low, maximum=high)


def real(name, low, high, default, summary, unit=None):
    """A parameter: a number from low to high."""
    return _parameter(name, "real", default, summary, unit, minimum=low, maximum=high)


def choice(name, choices, default, summary):
    """A parameter: one of some words."""
    return _parameter(name, "choice", default, summary, None, choices=list(choices))


def flag(name, default, summary):
    """A parameter: on or off."""
    return _parameter(name, "flag", default, summary, None)


def _parameter(name, kind, default, summary, unit, **more):
    parameter = {"name": name, "kind": kind, "default": default, "summary": summary, **more}
    return {**parameter, "unit": unit} if unit else parameter


class Raw:
    """What the toolkit hands to `decode`: a file, bytes, a text or numbers."""

    LIMIT = 1 << 28

    def __init__(self, kind, name, payload):
        self.kind, self.name, self._payload = kind, name, payload

    def __repr__(self):
        return f"{self.kind} {self.name}"

    def path(self):
        """The path of a file."""
        if self.kind != "file":
            raise Refused(f"expected a file, found {self.kind}", "load a file")
        return os.fsdecode(self._payload)

    def bytes(self):
        """The content of a file, the bytes, or a text as UTF-8."""
        if self.kind == "numbers":
            raise Refused("expected a text or a file, found numbers", "load another sample")
        if self.kind != "file":
            return self._payload
        try:
            with open(self.path(), "rb") as file:
                content = file.read(self.LIMIT + 1)
        except OSError as error:
            raise Refused(f"{self.name}: {error.strerror}", "check the path", "unreadable") from None
        if len(content) > self.LIMIT:
            raise Refused(f"{self.name}: the limit is {self.LIMIT} bytes", "", "too-large")
        return content

    def text(self):
        """A text, or the content of a text file."""
        try:
            return self.bytes().decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(f"{self.name}: expected UTF-8", "convert it", "wrong-format") from None

    def numbers(self):
        """A list of floats."""
        if self.kind != "numbers":
            raise Refused(f"expected numbers, found {self.kind}", "load numbers")
        return _little_endian("d", self._payload).tolist()


class Encoder:
    """An encoder: subclass it, say what it is, and implement `encode`.

    `self.options` holds the parameters by name, `self.state` what `fit` returned (None before).
    """

    identifier = ""  # permanent: lower-case letters, digits, hyphens
    version = 1  # raised when equal input gives other rows
    modality = ""  # text, image, audio, or one of your own
    summary = ""
    accepts = ""
    parameters = []  # integer(…), real(…), choice(…), flag(…)
    corruptions = {}  # name: summary
    features = []  # their names; or override `names`
    sparse = False  # `encode` returns {column: value}

    def __init__(self, options):
        self.options = options
        self.state = None

    def decode(self, raw):
        """The signal of a raw input; without this, the raw input itself."""
        return raw

    def fit(self, signals):
        """What is learned from the training signals, as a value JSON can hold. `signals` can be
        gone over once."""
        return None

    def names(self):
        """One name a feature; they may depend on `self.state`."""
        return self.features

    def encode(self, signal):
        """One number a feature, in the order of the names; sparse: {column: number}."""
        raise NotImplementedError("encode")

    def corrupt(self, signal, kind, severity, random):
        """A spoiled copy of the signal and the amount of damage, 0 for none. `severity` is above 0
        and at most 10; draw from `random` only. A third element says it in words."""
        raise Refused(f"no corruption {kind}", "", "unknown-corruption")

    def preview(self, signal):
        """A list of numbers, a list of words, or a caption."""
        if isinstance(signal, (list, tuple)) and all(isinstance(part, (str, float, int)) for part in signal):
            return signal
        return signal.split() if isinstance(signal, str) else repr(signal)[:60]

    def warnings(self, signal):
        """What a person should know of a signal, in words."""
        return []


def _first_line(text):
    return (text or "").strip().split("\n")[0].rstrip(".")


def _little_endian(code, content=b""):
    numbers = array.array(code)
    numbers.frombytes(content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(code, values):
    numbers = array.array(code, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


class _Service:
    """Answers the toolkit's requests, one after another."""

    def __init__(self, kind, requests, answers):
        self.kind, self.requests, self.answers = kind, requests, answers
        self.encoders, self.signals = {}, {}

    def run(self):
        while (request := self.read()) is not None:
            self.answer(request)

    def read(self):
        """The next request and its payload; None at the end."""
        line = self.requests.readline()
        if not line:
            return None
        request = json.loads(line)
        request["payload"] = self.requests.read(request.get("bytes", 0))
        return request

    def write(self, line, payload=b""):
        if payload:
            line["bytes"] = len(payload)
        self.answers.write(json.dumps(line, allow_nan=False).encode() + b"\n" + payload)
        self.answers.flush()

    def answer(self, request):
        try:
            self.write(*getattr(self, "do_" + request["do"])(request))
        except Exception as error:  # whatever it is, the toolkit shall be told
            self.fail(error)

    def fail(self, error):
        if isinstance(error, Refused):
            failure = {"kind": error.kind, "message": error.message, "hint": error.hint}
        else:
            import traceback

            traceback.print_exc()
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{os.path.basename(place.filename)} line {place.lineno}"
            message = f"{type(error).__name__}: {error} ({where})"
            failure = {"kind": "encoding-failed", "message": message, "hint": ""}
        self.write({"error": failure})

    def do_hello(self, request):
        kind = self.kind
        learns = kind.fit is not Encoder.fit
        traits = ["serial"] + ["sparse"] * kind.sparse + ["stateless"] * (not learns)
        descriptor = {
            "identifier": kind.identifier, "version": kind.version, "modality": kind.modality,
            "summary": kind.summary or _first_line(kind.__doc__ or sys.modules["__main__"].__doc__),
            "accepts": kind.accepts or f"{kind.modality} samples", "traits": traits,
            "parameters": kind.parameters,
            "corruptions": [{"name": n, "summary": s} for n, s in kind.corruptions.items()],
        }  # fmt: skip
        functions = ["preview", "warnings"]
        return {"protocol": PROTOCOL, "descriptor": descriptor, "functions": functions}, b""

    def do_create(self, request):
        options = dict(request.get("configuration", {}))
        for parameter in self.kind.parameters:
            value = options.setdefault(parameter["name"], parameter["default"])
            if parameter["kind"] == "real":
                options[parameter["name"]] = float(value)
        encoder = self.kind(options)
        if "bytes" in request:
            encoder.state = _restored(self.kind, request["payload"])
        self.encoders[request["encoder"]] = encoder
        return {}, b""

    def do_destroy(self, request):
        self.encoders.pop(request["encoder"], None)
        return {}, b""

    def do_decode(self, request):
        raw = Raw(request["kind"], request.get("name", "input"), request["payload"])
        self.signals[request["signal"]] = self.encoder(request).decode(raw)
        return {"memory": 1 << 12}, b""

    def do_release(self, request):
        for number in request["signals"]:
            self.signals.pop(number, None)
        return {}, b""

    def do_fit(self, request):
        encoder = self.encoder(request)
        self.write({})
        signals = self.learned()
        state, failure = None, None
        try:
            state = encoder.fit(signals)
        except Exception as error:
            failure = error
        for _ in signals:  # until the toolkit asks for the state
            pass
        if failure is not None:
            raise failure
        return {}, _saved(self.kind, state)

    def learned(self):
        """The signals the toolkit names, while it answers whatever else is asked."""
        while (request := self.read()) is not None and request["do"] != "fitted":
            if request["do"] != "learn":
                self.answer(request)
                continue
            try:
                signal = self.signal(request)
            except Refused as error:
                self.fail(error)
                continue
            self.write({})
            yield signal

    def do_names(self, request):
        names = [str(name).replace("\n", " ") + "\n" for name in self.encoder(request).names()]
        return {}, "".join(names).encode()

    def do_encode(self, request):
        encoder = self.encoder(request)
        row = encoder.encode(self.signal(request))
        try:
            if encoder.sparse:
                columns = sorted(row)
                payload = _bytes("i", columns) + _bytes("f", [row[c] for c in columns])
                return {"count": len(columns), "sparse": True}, payload
            payload = _bytes("f", row)
        except (TypeError, ValueError, OverflowError):
            wanted = "{column: number, …}" if encoder.sparse else "a list of numbers"
            raise Refused(
                f"encode: expected {wanted}, found {repr(row)[:60]}", "", "encoding-failed"
            ) from None
        return {"count": len(payload) // 4}, payload

    def do_corrupt(self, request):
        encoder = self.encoder(request)
        # A stream of its own for each corruption, as the toolkit's encoders have.
        source = random.Random(f"{request['seed']} {request['corruption']}")
        spoiled, amount, *words = encoder.corrupt(
            self.signal(request), request["corruption"], request["severity"], source
        )
        self.signals[request["into"]] = spoiled
        text = words[0] if words else f"amount {amount:.3g}"
        return {"amount": float(amount), "text": text, "memory": 1 << 12}, b""

    def do_preview(self, request):
        shown = self.encoder(request).preview(self.signal(request))
        if isinstance(shown, str):
            return {"preview": {"kind": "tokens", "tokens": [], "caption": shown}}, b""
        shown = list(shown)
        if any(isinstance(word, str) for word in shown):
            shown = [str(word) for word in shown]
            caption = f"{len(shown)} words"
            return {"preview": {"kind": "tokens", "tokens": shown, "caption": caption}}, b""
        caption = f"{len(shown)} numbers"
        return {"preview": {"kind": "numbers", "caption": caption}}, _bytes("d", shown)

    def do_warnings(self, request):
        found = self.encoder(request).warnings(self.signal(request))
        return {"warnings": list(found)}, b""

    def encoder(self, request):
        return self.named(self.encoders, request["encoder"], "encoder")

    def signal(self, request):
        return self.named(self.signals, request["signal"], "signal")

    @staticmethod
    def named(things, number, what):
        if number not in things:
            raise Refused(f"there is no {what} {number}")
        return things[number]


def _saved(kind, state):
    """A state as it stands in a model file, with what tells a damaged one."""
    content = json.dumps(state, sort_keys=True, allow_nan=False)
    check = zlib.crc32(content.encode())
    return json.dumps({"encoder": kind.identifier, "check": check, "state": content}).encode()


def _restored(kind, saved):
    try:
        found = json.loads(saved)
        content = found["state"]
        if found["encoder"] == kind.identifier and found["check"] == zlib.crc32(content.encode()):
            return json.loads(content)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    hint = "the model file is damaged or from another plugin; train again"
    raise Refused("the saved state cannot be read", hint, "bad-state")


def _demonstrate(kind, samples):
    """What becomes of samples, for whoever writes an encoder."""
    encoder = kind({p["name"]: p["default"] for p in kind.parameters})
    signals = []
    for sample in samples:
        isfile = os.path.isfile(sample)
        raw = Raw("file" if isfile else "text", sample, os.fsencode(sample))
        signals.append(encoder.decode(raw))
    encoder.state = json.loads(json.dumps(encoder.fit(iter(signals))))
    for sample, signal in zip(samples, signals):
        row = encoder.encode(signal)
        values = sorted(row.items()) if encoder.sparse else enumerate(row)
        names = list(encoder.names())
        print(sample + ": " + ", ".join(f"{names[c]} {v:.4g}" for c, v in values))


def run(kind):
    """Serves an encoder to the toolkit, or shows what it makes of the samples named."""
    if len(sys.argv) > 1 or sys.stdin.isatty():
        if len(sys.argv) < 2:
            print(f"usage: {sys.argv[0]} TEXT-OR-FILE …, or `plugin load` in eau", file=sys.stderr)
            sys.exit(2)
        _demonstrate(kind, sys.argv[1:])
        return
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed from here on must not come between the answers
    sys.stdout = sys.stderr
    _Service(kind, sys.stdin.buffer, answers).run()
