#!/usr/bin/env python3
"""The graph of a flow without what differs between browsers: pictures, sizes,
colours. graph.py FLOW... prints that of the first and fails when another one
differs. graph.py --has FLOW ACTION LABEL TITLE: is there such a transition to a
screen that shows TITLE?"""
import json
import sys


def load(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def label(e):
    return e.get('text') or e.get('label') or e.get('hint') or ''


def graph(flow):
    names = {e['id']: label(e) for s in flow['screens']
             for e in s['elements']}
    lines = [f"{s['id']} {s['fingerprint']} " +
             '|'.join(f"{e['role']}:{label(e)}:{e.get('checked')}"
                      for e in s['elements']) for s in flow['screens']]
    lines += [f"{t['from']} -> {t.get('to')} {t['action']['type']} "
              f"{names.get(t['action'].get('element'))} {t['basis']} "
              f"{t.get('effects')}" for t in flow['transitions']]
    lines += [f"gap {g['screen']} {g['what']} {g.get('why')}"
              for g in flow['gaps']]
    lines += [f"end {e['screen']} {e['kind']}" for e in flow['ends']]
    return lines


def has(flow, action, of, title):
    shown = {s['id']: ''.join(map(label, s['elements']))
             for s in flow['screens']}
    names = {e['id']: label(e) for s in flow['screens']
             for e in s['elements']}
    return any(t['action']['type'] == action and
               of in names.get(t['action'].get('element'), '') and
               title in shown.get(t.get('to'), '')
               for t in flow['transitions'])


if sys.argv[1] == '--has':
    sys.exit(not has(load(sys.argv[2]), *sys.argv[3:6]))
first = graph(load(sys.argv[1]))
for other in sys.argv[2:]:
    second = graph(load(other))
    if second != first:
        print(f'{other} differs:')
        print('\n'.join(sorted(set(first) ^ set(second))))
        sys.exit(1)
print('\n'.join(first))
