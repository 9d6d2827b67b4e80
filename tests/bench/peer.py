"""What a Python program would do: peer.py PATTERNS FILE... says for each file
which of the patterns, one to a line, stand in it. Patterns that `re` does not
take are left out."""
import re
import sys

compiled = []
for line in open(sys.argv[1], encoding='utf-8'):
    try:
        compiled.append(re.compile(line.rstrip('\n')))
    except re.error:
        print('left out:', line[:60])
for path in sys.argv[2:]:
    text = open(path, encoding='utf-8', errors='replace').read()
    for number, pattern in enumerate(compiled):
        for hit in pattern.finditer(text):
            print(path, number, hit.start(), hit.end())
