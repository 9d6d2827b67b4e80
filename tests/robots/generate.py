#!/usr/bin/env python3
"""Cases of robots.txt from a fixed seed, as JSON lines: generate.py COUNT.

They use what all implementations understand in one way: no records but rules
and one crawl delay, whole product tokens, patterns that begin with a slash,
escapes only where they are needed, no "$" behind a query. What they differ in
is in cases.jsonl, with the answer."""
import json
import sys


class Dice:
    """Numerical Recipes' generator: the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 +
                      1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def one(self, items):
        return items[self.below(len(items))]


SEGMENTS = ['a', 'b', 'ab', 'ba', 'aa', 'a.html', 'b.php', 'privacy', '隐私',
            '%E9%9A%90', 'x-y', 'A']
AGENTS = ['faceaudit', 'FaceAudit', 'other', 'googlebot', '*', '*']
BREAKS = ['\n', '\n', '\r\n', '\r']


def path(d, wild):
    s = ''.join('/' + d.one(SEGMENTS) for _ in range(1 + d.below(3)))
    if d.below(4) == 0:
        s += '/'
    if d.below(4) == 0:
        s += '?' + d.one(['a=1', 'b', 'a=1&b=2'])
    if wild and '%' not in s:
        for _ in range(d.below(3)):
            at = 1 + d.below(len(s))
            s = s[:at] + '*' + s[at + d.below(2):]
    if wild and '?' not in s and d.below(4) == 0:
        s += '$'
    return s


def group(d, delay):
    lines = [f'{d.one(["User-agent", "user-agent", "USER-AGENT"])}: '
             f'{d.one(AGENTS)}' for _ in range(1 + d.below(2))]
    for _ in range(1 + d.below(4)):
        lines.append(f'{d.one(["Disallow", "Disallow", "Allow", "disallow"])}'
                     f':{d.one([" ", "", "  "])}{path(d, d.below(3) > 0)}'
                     f'{d.one(["", "", " ", " # why"])}')
        if d.below(6) == 0:
            lines.append(d.one(['', '# note', '   ']))
    if delay:
        lines.append(f'Crawl-delay: {d.one(["1", "2.5", "0.5", "30"])}')
    return lines


def near(d, lines):
    """A path that one of the patterns may match."""
    patterns = [line.split('#')[0].split(':', 1)[1].strip()
                for line in lines if 'llow:' in line]
    s = d.one(patterns).rstrip('$')
    s = ''.join(d.one(['', 'a', '/b/']) if c == '*' else c for c in s)
    return s + d.one(['', '', '/a', '?b', 'x'])


def case(d):
    end = d.one(BREAKS)
    slow = d.below(8)
    lines = [line for i in range(1 + d.below(4)) for line in group(d, i == slow)]
    return {'robots': end.join(lines) + end, 'agent': 'faceaudit',
            'path': path(d, False) if d.below(4) == 0 else near(d, lines)}


dice = Dice(9309)
for _ in range(int(sys.argv[1])):
    print(json.dumps(case(dice), ensure_ascii=False))
