#!/usr/bin/env python3
"""Speaks as a browser does over its pipe (3 in, 4 out), to say what a test
wants to be said. How it behaves is the last part of the name it is run by:
"fake-good", "fake-dies", "fake-garbage", "fake-sandbox", "fake-huge"."""
import json
import os
import sys

MODE = sys.argv[0].rsplit('-', 1)[-1]
SNAPSHOT = os.path.join(os.path.dirname(os.path.realpath(__file__)),
                        '..', 'browser', 'snapshots', 'consent.json')


def say(message):
    data = json.dumps(message, separators=(',', ':')).encode() + b'\0'
    # In portions that cut messages anywhere.
    for i in range(0, len(data), 1000):
        os.write(4, data[i:i + 1000])


def event(method, params, session=None):
    message = {'method': method, 'params': params}
    if session:
        message['sessionId'] = session
    say(message)


def answer(m):
    method, params = m['method'], m['params']
    session = m.get('sessionId')
    result = {}
    if method == 'Browser.getVersion':
        result = {'product': 'FakeChrome/1.2.3'}
    elif method == 'Target.createBrowserContext':
        result = {'browserContextId': 'C'}
    elif method == 'Target.createTarget':
        event('Target.attachedToTarget', {
            'sessionId': 'S', 'waitingForDebugger': True, 'targetInfo': {
                'type': 'page', 'targetId': 'T', 'browserContextId': 'C'}})
        result = {'targetId': 'T'}
    elif method == 'Page.navigate':
        if MODE == 'dies':
            sys.exit(0)
        event('Fetch.requestPaused', {
            'requestId': 'R', 'frameId': 'T', 'resourceType': 'Document',
            'request': {'url': params['url'], 'method': 'GET',
                        'headers': {'A': 'x\r\ny'}}}, session)
    elif method == 'Fetch.fulfillRequest':
        event('Page.frameStoppedLoading', {'frameId': 'T'}, session)
    elif method == 'Network.getCookies':
        result = {'cookies': [{'name': 'k', 'value': 'v'}]}
    elif method == 'Emulation.setVirtualTimePolicy':
        event('Emulation.virtualTimeBudgetExpired', {}, session)
    elif method == 'DOMSnapshot.captureSnapshot':
        if MODE == 'huge':
            os.write(4, b'{"id":%d,"result":{"x":"' % m['id'])
            for _ in range(70):
                os.write(4, b'x' * (1 << 20))
            os.write(4, b'"}}\0')
            return
        with open(SNAPSHOT, encoding='utf-8') as f:
            result = json.load(f)
    elif method == 'Memory.getDOMCounters':
        result = {'nodes': 100}
    say({'id': m['id'], 'result': result})


if MODE == 'sandbox':
    sys.stderr.write('[1:1] No usable sandbox!\nmore\n')
    sys.exit(1)
if MODE == 'garbage':
    os.write(4, b'\xff\xfe no json \0{"id":1\0')
rest = b''
while True:
    got = os.read(3, 65536)
    if not got:
        break
    rest += got
    *frames, rest = rest.split(b'\0')
    for frame in frames:
        if MODE != 'garbage':
            answer(json.loads(frame))
    if MODE == 'garbage':
        sys.exit(1)
