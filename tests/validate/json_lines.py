"""One JSON value per file, or one per line; strict: no duplicate keys, no
NaN, nothing but ASCII and visible characters outside escapes."""
import json
import re
import sys

HIDDEN = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e'
                    '\u2066-\u2069\ufeff]')


def no_duplicates(pairs):
    keys = [k for k, _ in pairs]
    assert len(keys) == len(set(keys)), 'duplicate key in %s' % keys
    return dict(pairs)


def parse(text):
    def refuse(name):
        raise ValueError('%s is not JSON' % name)
    return json.loads(text, object_pairs_hook=no_duplicates,
                      parse_constant=refuse)


bad = 0
for name in sys.argv[1:]:
    try:
        text = open(name, encoding='utf-8').read()
        assert not HIDDEN.search(text), 'hidden character, not escaped'
        first = text.split('\n', 1)[0]
        if first in ('{', '['):
            values = [parse(text)]
        else:
            values = [parse(line) for line in text.splitlines()]
        assert values, 'no value'
    except (AssertionError, ValueError) as e:
        print('%s: %s' % (name, e), file=sys.stderr)
        bad = 1
sys.exit(bad)
