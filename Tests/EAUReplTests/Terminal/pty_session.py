#!/usr/bin/env python3
"""Drives a program under a pseudo-terminal, the way a person would, and reports what happened.

    pty_session.py SCENARIO.json     (or the scenario on stdin)

Scenario:
    {"command": ["path/to/eau"],           the program and its arguments
     "environment": {"TERM": "xterm"},     added to the environment; null removes a variable
     "directory": "/some/where",           optional
     "size": [24, 80],                     rows and columns
     "timeout": 20,                        seconds each wait may take
     "answers": [["\\u001b[c", "\\u001b[?62c"]],   what a terminal says by itself, as often as the
                                           program writes the first text
     "steps": [
       {"expect": "eau> "},                wait until the output behind the last match has this
                                           regular expression (escape sequences are taken off)
       {"expect_raw": "\\u001b\\\\["},       the same on the bytes as they came
       {"line": "help"},                   type a line and Enter
       {"send": "op"},                     type without Enter
       {"key": "ctrl-c"},                  one key, see KEYS
       {"resize": [30, 120]},              change the window
       {"signal": "INT"},                  a signal to the program, not through the keyboard
       {"absent": "Traceback"},            the output so far must not have this
       {"pause": 0.2},                     where nothing can be waited for
       {"exit": 0}]}                       wait for the end and its exit code (negative: signal)
Any step may have its own "timeout".

Result, one JSON object on stdout:
    {"ok": bool, "failed": null | {"step": n, "reason": text},
     "exit": code | null, "transcript": text without escape sequences, "raw": text,
     "matches": [text, …]}                 what each "expect" matched
Exit code 0 when every step went well, 1 when one failed, 2 for a wrong scenario.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "delete": "\x1b[3~",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F",
}
ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_()][0-9A-B]?")


class Failure(Exception):
    pass


def key_bytes(name):
    if name in KEYS:
        return KEYS[name].encode()
    if re.fullmatch(r"ctrl-[a-z]", name):
        return bytes([ord(name[-1]) - ord("a") + 1])
    raise Failure(f"unknown key {name!r}")


def plain(text):
    """The text without escape sequences and carriage returns. No screen is kept: what a program
    draws over what stood there shows as the one behind the other."""
    return ESCAPES.sub("", text).replace("\r", "")


class Session:
    def __init__(self, scenario):
        self.timeout = float(scenario.get("timeout", 20))
        self.answers = [(asked, reply, [0]) for asked, reply in scenario.get("answers", [])]
        self.raw = ""
        self.pending = b""
        self.seen = {"plain": 0, "raw": 0}
        self.matches = []
        self.exit = None
        self.closed = False
        environment = dict(os.environ)
        for name, value in scenario.get("environment", {}).items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value
        command = scenario["command"]
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            try:
                # A background job is born with ctrl-C ignored; a person's terminal is not.
                for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE):
                    signal.signal(name, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_SETMASK, [])
                if "directory" in scenario:
                    os.chdir(scenario["directory"])
                # The parent sets the size, too, but perhaps only after the program asked for it.
                set_size(0, scenario.get("size", [24, 80]))
                os.execvpe(command[0], command, environment)
            except OSError as error:
                os.write(2, f"cannot run {command[0]}: {error}\n".encode())
            os._exit(127)
        set_size(self.terminal, scenario.get("size", [24, 80]))

    def read(self, seconds):
        """Takes in what arrives within the time; False when nothing did."""
        if self.closed:
            return False
        ready, _, _ = select.select([self.terminal], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # Linux: the other end is closed
            data = b""
        if not data:
            self.closed = True
            return False
        data = self.pending + data
        # A character may arrive in two parts.
        cut = len(data)
        for back in range(1, min(4, len(data)) + 1):
            byte = data[-back]
            if byte >= 0xC0:
                length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                cut = len(data) - back if length > back else len(data)
                break
            if byte < 0x80:
                break
        self.raw += data[:cut].decode("utf-8", "replace")
        self.pending = data[cut:]
        self.answer()
        return True

    def answer(self):
        for asked, reply, seen in self.answers:
            place = self.raw.find(asked, seen[0])
            while place >= 0:
                seen[0] = place + len(asked)
                os.write(self.terminal, reply.encode())
                place = self.raw.find(asked, seen[0])

    def expect(self, pattern, timeout, kind):
        expression = re.compile(pattern)
        end = time.monotonic() + timeout
        while True:
            text = plain(self.raw) if kind == "plain" else self.raw
            match = expression.search(text, min(self.seen[kind], len(text)))
            if match:
                self.seen[kind] = match.end()
                self.matches.append(match.group(0))
                return
            if not self.read(end - time.monotonic()):
                if self.closed or time.monotonic() >= end:
                    why = "the program ended" if self.closed else f"nothing in {timeout:g} s"
                    tail = text[self.seen[kind]:][-400:]
                    raise Failure(f"expected {pattern!r}: {why}; got {tail!r}")

    def type(self, data):
        """Writes all of it, reading meanwhile so that neither side can block the other."""
        while data:
            _, writable, _ = select.select([], [self.terminal], [], 0.05)
            if writable:
                data = data[os.write(self.terminal, data[:512]):]
            self.read(0)
            if self.closed:
                raise Failure("the program ended before it was typed at")

    def wait(self, timeout):
        end = time.monotonic() + timeout
        while self.exit is None:
            self.read(0.02)
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self.exit = os.waitstatus_to_exitcode(status)
                while self.read(0.05):
                    pass
            elif time.monotonic() >= end:
                raise Failure(f"the program did not end in {timeout:g} s")
        return self.exit

    def perform(self, step):
        timeout = float(step.get("timeout", self.timeout))
        if "expect" in step:
            self.expect(step["expect"], timeout, "plain")
        elif "expect_raw" in step:
            self.expect(step["expect_raw"], timeout, "raw")
        elif "line" in step:
            self.type(step["line"].encode() + b"\r")
        elif "send" in step:
            self.type(step["send"].encode())
        elif "key" in step:
            self.type(key_bytes(step["key"]))
        elif "resize" in step:
            set_size(self.terminal, step["resize"])
        elif "signal" in step:
            os.kill(self.child, getattr(signal, "SIG" + step["signal"]))
        elif "absent" in step:
            found = re.search(step["absent"], plain(self.raw))
            if found:
                raise Failure(f"found {found.group(0)!r}, which must be absent")
        elif "pause" in step:
            end = time.monotonic() + float(step["pause"])
            while time.monotonic() < end:
                self.read(end - time.monotonic())
                if self.closed:
                    break
        elif "exit" in step:
            code = self.wait(timeout)
            if code != step["exit"]:
                raise Failure(f"expected exit code {step['exit']}, found {code}")
        else:
            raise Failure(f"unknown step {step!r}")

    def close(self):
        """Ends the program that this script started, if it still runs."""
        if self.exit is None:
            for name in (signal.SIGHUP, signal.SIGKILL):
                try:
                    os.kill(self.child, name)
                    self.wait(1)
                    break
                except (Failure, ProcessLookupError):
                    pass
        os.close(self.terminal)


def set_size(terminal, size):
    rows, columns = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def main():
    try:
        if len(sys.argv) > 1:
            with open(sys.argv[1], encoding="utf-8") as file:
                scenario = json.load(file)
        else:
            scenario = json.load(sys.stdin)
        steps = scenario["steps"]
        session = Session(scenario)
    except (OSError, ValueError, KeyError) as error:
        print(f"pty_session.py: wrong scenario: {error!r}", file=sys.stderr)
        return 2
    failed = None
    for number, step in enumerate(steps):
        try:
            session.perform(step)
        except (Failure, OSError, AttributeError, re.error) as error:
            failed = {"step": number, "reason": str(error)}
            break
    ended = session.exit
    session.close()
    print(json.dumps({
        "ok": failed is None, "failed": failed, "exit": ended,
        "transcript": plain(session.raw), "raw": session.raw, "matches": session.matches,
    }))
    return 0 if failed is None else 1


if __name__ == "__main__":
    sys.exit(main())
