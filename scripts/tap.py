"""TAP for Python scripts: one line per check, diagnostics on both streams."""
import sys


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, problems):
        """Passes when the list of problems is empty."""
        self.count += 1
        if not problems:
            print(f'ok {self.count} - {name}')
            return
        self.failed += 1
        print(f'not ok {self.count} - {name}')
        for p in problems:
            print(f'#   {p}')
            print(f'    {p}', file=sys.stderr)

    def note(self, text):
        print(f'# {text}')

    def left_out(self, text):
        """What this machine does not allow, on both streams to be seen."""
        print(f'# left out, {text}')
        print(f'left out, {text}', file=sys.stderr)

    def end(self):
        print(f'1..{self.count}')
        sys.exit(1 if self.failed or not self.count else 0)
