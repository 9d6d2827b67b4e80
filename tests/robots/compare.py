#!/usr/bin/env python3
"""Compares our answers about robots.txt with those of others.

  compare.py ask PROGRAM CASES     our answers, one per line
  compare.py rfc CASES OURS        against the answers in CASES
  compare.py with NAME CASES OURS THEIRS

A case of cases.jsonl has the answer that RFC 9309 gives ("allow", and
"delay_ms" where it matters). Who gives another one is named in "differs" with
the reason; whoever differs without being named there is a failure. Cases
without "allow" are generated: there, both have to agree."""
import json
import subprocess
import sys


def cases(path):
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def answers(path, n):
    with open(path, encoding='utf-8') as f:
        read = [(verdict, int(delay)) for verdict, delay in
                (line.split() for line in f)]
    if len(read) != n:
        sys.exit(f'{path}: {len(read)} answers to {n} cases')
    return read


def ask(program, path):
    data = b''
    for case in cases(path):
        parts = [case['robots'].encode(), case['agent'].encode(),
                 b'https://example.com' + case['path'].encode()]
        data += b'%d %d %d\n' % tuple(map(len, parts)) + b''.join(parts)
    sys.exit(subprocess.run([program], input=data, check=False).returncode)


def right(case, ours):
    """The answer to a case; ours where the case has none."""
    verdict, delay = ours
    if 'allow' in case:
        verdict = 'allow' if case['allow'] else 'disallow'
        delay = case.get('delay_ms')
    return verdict, delay


def same(answer, wanted):
    return answer[0] == wanted[0] and wanted[1] in (None, answer[1])


def show(case, wanted, answer):
    print(json.dumps(case, ensure_ascii=False))
    print(f'expected {wanted}, got {answer}')


def rfc(path, ours_path):
    wrong = 0
    all_cases = cases(path)
    for case, ours in zip(all_cases, answers(ours_path, len(all_cases))):
        if 'allow' not in case:
            sys.exit(f'{path}: a case has no answer: {case}')
        wanted = right(case, ours)
        if not same(ours, wanted):
            wrong += 1
            show(case, wanted, ours)
    print(f'# {len(all_cases)} cases with the answer of RFC 9309')
    sys.exit(wrong > 0 or not all_cases)


def compare(name, path, ours_path, theirs_path):
    wrong = noted = 0
    all_cases = cases(path)
    n = len(all_cases)
    for case, ours, theirs in zip(all_cases, answers(ours_path, n),
                                  answers(theirs_path, n)):
        wanted = right(case, ours)
        if same(theirs, wanted):
            continue
        if name in case.get('differs', {}):
            noted += 1
            continue
        wrong += 1
        show(case, wanted, theirs)
    print(f'# {n} cases compared with {name}: {n - noted - wrong} agree, '
          f'{noted} differ for the reason noted, {wrong} otherwise')
    sys.exit(wrong > 0 or not all_cases)


if __name__ == '__main__':
    {'ask': ask, 'rfc': rfc, 'with': compare}[sys.argv[1]](*sys.argv[2:])
