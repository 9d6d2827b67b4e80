#!/usr/bin/env python3
"""Runs sweeps for the tests.

  sweep.py post FOLDER VERB        tells the world: reset, mark?name=x,
                                   epoch?n=2
  sweep.py child FILE -- COMMAND   runs COMMAND and writes what it cost to
                                   FILE; its exit status
  sweep.py until FOLDER N SIGNAL -- COMMAND
                                   runs COMMAND, sends it SIGNAL after N
                                   requests; its exit status, 128+N killed
  sweep.py kill FOLDER STORE SEED KILLS SPAN -- COMMAND
                                   kills COMMAND that often, each time after
                                   up to SPAN requests, and starts it again,
                                   until it ends by itself; prints how often
  sweep.py loopback                brings up the interface lo"""
import fcntl
import json
import os
import random
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request

sys.dont_write_bytecode = True
from check_log import load
from store import done

POLL = 0.001     # seconds between looks at the log
PATIENCE = 300   # seconds for a sweep; then it hangs
SHOWN = 10


def post(folder, verb):
    with open(f'{folder}/world.json', encoding='ascii') as f:
        url = json.load(f)['control'] + verb
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, method='POST'),
                     timeout=30) as answer:
        return int(answer.read())


def child(report, *command):
    begin = time.monotonic()
    p = subprocess.Popen(command)
    _, status, used = os.wait4(p.pid, 0)
    with open(report, 'w', encoding='ascii') as f:
        json.dump({'seconds': round(time.monotonic() - begin, 3),
                   'cpu': round(used.ru_utime + used.ru_stime, 3),
                   'rss_kb': used.ru_maxrss}, f)
        f.write('\n')
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


class Follower:
    """Counts the requests in the log of the world as they come."""

    def __init__(self, folder):
        self.file = open(f'{folder}/log.ndjson', 'rb')
        self.file.seek(0, os.SEEK_END)

    def wait(self, process, count):
        """True after that many requests, False when the process ended."""
        limit = time.monotonic() + PATIENCE
        seen = 0
        while seen < count:
            data = self.file.read()
            seen += data.count(b'\n')
            if seen >= count:
                break
            if process.poll() is not None:
                return False
            if time.monotonic() > limit:
                process.kill()
                raise SystemExit(f'sweep: {seen} of {count} requests after '
                                 f'{PATIENCE} s: it hangs')
            time.sleep(POLL)
        return process.poll() is None


def until(folder, count, name, *command):
    follower = Follower(folder)
    p = subprocess.Popen(command)
    if follower.wait(p, int(count)):
        p.send_signal(signal.Signals['SIG' + name])
    try:
        code = p.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        p.kill()
        raise SystemExit(f'sweep: still runs {PATIENCE} s after SIG{name}')
    return code if code >= 0 else 128 - code


def problems_of(folder, sweep, known, store):
    """What is wrong after one part of a broken sweep: something done was
    asked for again, or is no longer done."""
    requests, _ = load(f'{folder}/log.ndjson', sweep)
    for r in requests:
        if r['kind'] == 'page' and r['url'] in known:
            yield f'{sweep}: {r["url"]} was done and asked for again'
    now = done(store)
    for url in sorted(known - now)[:SHOWN]:
        yield f'{sweep}: {url} was done and is not any more'
    known |= now


def committed(process, store):
    """Waits for the next commit, as far as the files show it."""
    def look():
        try:
            st = os.stat(f'{store}/faceaudit.sqlite-wal')
            return st.st_size, st.st_mtime_ns
        except FileNotFoundError:
            return None
    before = look()
    limit = time.monotonic() + PATIENCE
    while look() == before and process.poll() is None:
        if time.monotonic() > limit:
            return
        time.sleep(POLL)


def kill(folder, store, seed, kills, span, *command):
    rng = random.Random(seed)
    known, problems, times = set(), [], 0
    for part in range(int(kills) + 1):
        sweep = f'{os.path.basename(store)}.{part}'
        post(folder, f'mark?name={sweep}')
        follower = Follower(folder)
        with open(f'{store}.out', 'ab') as out:
            p = subprocess.Popen(command, stdout=out, stderr=out)
        alive = True
        if part < int(kills):
            # Also before the first request, and between two; every other
            # time while the batch that comes is committed, or just after.
            alive = follower.wait(p, rng.randint(0, int(span)))
            if alive and part % 2:
                committed(p, store)
                time.sleep(rng.uniform(0, 0.004))
            else:
                time.sleep(rng.uniform(0, 0.03))
            if alive and p.poll() is None:
                p.kill()
                times += 1
        try:
            code = p.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            p.kill()
            raise SystemExit(f'sweep: part {part} hangs')
        problems += problems_of(folder, sweep, known, store)
        if code != -signal.SIGKILL:
            break
    for text in problems[:SHOWN]:
        print(text)
    if code not in (0, 1, 3):  # findings are no failure here
        print(f'the last part ended with status {code}:')
        with open(f'{store}.out', encoding='utf-8', errors='replace') as f:
            print(''.join(f.readlines()[-SHOWN:]))
        problems.append(code)
    print('killed', times)
    return 1 if problems else 0


def loopback():
    """In a network namespace of its own a test has only lo, which is down."""
    up = struct.pack('16sh14x', b'lo', 0x1 | 0x40)  # IFF_UP, IFF_RUNNING
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, 0x8914, up)  # SIOCSIFFLAGS
    return 0


def main():
    command, args = sys.argv[1], sys.argv[2:]
    if '--' in args:
        args.remove('--')
    # A kill is no crash: nobody wants its core.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    result = {'post': post, 'child': child, 'until': until, 'kill': kill,
              'loopback': loopback}[command](*args)
    return 0 if command == 'post' else result


if __name__ == '__main__':
    sys.exit(main())
