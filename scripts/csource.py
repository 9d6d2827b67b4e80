"""What the checks of C sources share: which files, and text without comments
and literals (line structure kept)."""
import pathlib
import re

TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def sources(*patterns):
    found = []
    for p in patterns:
        found += pathlib.Path('.').glob(p)
    return sorted(p for p in found if 'node_modules' not in p.parts)


def _blank(m):
    text = m.group(0)
    if text[0] == '/':
        return ' ' + '\n' * text.count('\n')
    return text[0] + text[-1]


def code(path):
    """The source without comments and with empty literals."""
    return TOKEN.sub(_blank, path.read_text(encoding='utf-8'))
