"""A program at a pseudo-terminal of 80 × 24, timed by the wall."""
import os, pty, select, sys, time


class Terminal:
    def __init__(self, command, home, prompt):
        self.prompt = prompt
        self.start = time.perf_counter()
        self.child, self.descriptor = pty.fork()
        if self.child == 0:
            os.environ.update(
                TERM="xterm-256color", LANG="C.UTF-8", COLUMNS="80", LINES="24", HOME=home,
                XDG_STATE_HOME=home + "/state", XDG_CACHE_HOME=home + "/cache", EAU_IMAGES="off")
            os.execv(command[0], command)
        self.seen = b""
        self.started = self.wait(prompt)

    def wait(self, text, limit=600):
        """Seconds since `self.start` until the text comes."""
        while text not in self.seen:
            if not select.select([self.descriptor], [], [], limit)[0]:
                sys.exit(f"no {text!r} behind {self.seen[-200:]!r}")
            self.seen += os.read(self.descriptor, 1 << 16)
        elapsed = time.perf_counter() - self.start
        self.seen = self.seen[self.seen.index(text) + len(text):]
        return elapsed

    def type(self, text, until=None):
        self.start = time.perf_counter()
        os.write(self.descriptor, text.encode())
        # The echo of the line is no answer: what follows it is.
        if text.endswith("\r"):
            self.wait(b"\n")
        return self.wait(until or self.prompt)

    def end(self):
        os.write(self.descriptor, b"\x04")
        try:
            while os.read(self.descriptor, 1 << 16):
                pass
        except OSError:
            pass
        os.waitpid(self.child, 0)
        os.close(self.descriptor)


def time_to_prompt(command, home, prompt):
    terminal = Terminal(command, home, prompt)
    terminal.end()
    return terminal.started
