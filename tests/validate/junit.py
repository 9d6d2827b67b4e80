"""What the schemas of JUnit XML cannot say: the numbers of a suite are those
of its cases, and no two cases share class and name."""
import sys
import xml.etree.ElementTree as tree

bad = 0
for name in sys.argv[1:]:
    def complain(what):
        global bad
        print(f'{name}: {what}', file=sys.stderr)
        bad = 1
    try:
        suites = tree.parse(name).getroot()
    except tree.ParseError as e:
        complain(e)
        continue
    if suites.tag != 'testsuites':
        complain(f'the root is {suites.tag}')
    for n, suite in enumerate(suites):
        cases = suite.findall('testcase')
        want = {'tests': len(cases), 'id': n,
                'failures': len(suite.findall('testcase/failure')),
                'errors': len(suite.findall('testcase/error')),
                'skipped': len(suite.findall('testcase/skipped'))}
        for key, value in want.items():
            if suite.get(key) != str(value):
                complain(f'suite {n}: {key} is {suite.get(key)}, not {value}')
        ids = [(c.get('classname'), c.get('name')) for c in cases]
        if len(ids) != len(set(ids)):
            complain(f'suite {n}: two cases share their name')
        for c in suite.iter('skipped'):
            if not c.get('message'):
                complain(f'suite {n}: skipped without a reason')
sys.exit(bad)
