#!/usr/bin/env python3
"""A web that lives on loopback addresses, to sweep in tests.

  world.py [--seed N] [--hosts N] [--pages-per-host N] [--no-odd] [--spelled]
           [--port N] [--write-only] FOLDER

FOLDER gets targets.csv, expected.json, politeness.json, resolve.txt,
allow.txt, ca.pem, log.ndjson and, when the servers listen, world.json; one
line "ready PORT" on standard output says so, too. SIGTERM ends it."""
import argparse
import asyncio
import json
import os
import resource
import shutil
import signal
import socket
import sys

sys.dont_write_bytecode = True
import certs
import odd
import plain
import spelled
from model import FORBIDDEN, World
from server import Clock, Connection, Log, Server, Trap
from text import Writer

PORTS = ('http', 'tls', 'dead', 'wrong', 'expired', 'unknown')
LAST = 60      # of 127.0.0.2 and on
ATTEMPTS = 50  # to find a port that is free on all addresses


def bound(addr, port):
    assert addr.startswith('127.'), addr
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind((addr, port))
    except OSError:
        s.close()
        raise
    return s


def claim(addresses, port=0):
    """Sockets bound to one port on all addresses."""
    for attempt in range(ATTEMPTS):
        sockets = [bound(addresses[0], port)]
        number = sockets[0].getsockname()[1]
        try:
            sockets += [bound(a, number) for a in addresses[1:]]
            return number, sockets
        except OSError:
            for s in sockets:
                s.close()
            if port:
                break
    raise SystemExit('world: no port is free on all addresses')


def arguments():
    p = argparse.ArgumentParser(description='a web on loopback addresses')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--hosts', type=int, default=40,
                   help='ordinary hosts (default 40)')
    p.add_argument('--pages-per-host', type=int, default=50)
    p.add_argument('--no-odd', action='store_true',
                   help='leave out all that goes wrong')
    p.add_argument('--spelled', action='store_true',
                   help='add hostile spellings of a forbidden address')
    p.add_argument('--port', type=int, default=0, help='of http')
    p.add_argument('--write-only', action='store_true',
                   help='write the files and serve nothing')
    p.add_argument('folder')
    args = p.parse_args()
    if not 1 <= args.hosts <= LAST - 1 - (0 if args.no_odd else 2):
        p.error(f'--hosts {args.hosts}: between 1 and {LAST - 3}')
    return args


def make(args, ports, addresses):
    world = World(args.seed, ports)
    writer = Writer(args.seed)
    plain.build(world, writer, args.hosts, args.pages_per_host)
    if not args.no_odd:
        odd.build(world, writer, addresses[args.hosts:])
    if args.spelled:
        spelled.build(world, writer, addresses[0])
    world.write(args.folder)
    return world


def announce(args, world, ports):
    path = f'{args.folder}/world.json'
    with open(path + '.tmp', 'w', encoding='ascii') as f:
        json.dump({'pid': os.getpid(), 'ports': ports,
                   'control': f'http://127.0.0.2:{ports["http"]}/__world/',
                   'hosts': len(world.hosts),
                   'pages': sum(len(h.pages) for h in world.hosts.values()),
                   'targets': len(world.targets)}, f)
        f.write('\n')
    os.rename(path + '.tmp', path)
    print('ready', ports['http'], flush=True)


async def serve(args, world, sockets, contexts, clock):
    loop = asyncio.get_running_loop()
    # Clients that leave in the middle of a handshake are no news.
    loop.set_exception_handler(lambda _, context: None)
    server = Server(world, Log(f'{args.folder}/log.ndjson'), clock)
    listening = []
    for name, list_ in sockets.items():
        for s in list_:
            if s.getsockname()[0] == FORBIDDEN:
                listening.append(await loop.create_server(
                    lambda: Trap(server), sock=s))
            elif name != 'dead':
                tls = contexts.get(name)
                listening.append(await loop.create_server(
                    lambda t=bool(tls): Connection(server, t), sock=s,
                    ssl=tls, backlog=512))
    stop = asyncio.Event()
    for sig in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sig, stop.set)
    announce(args, world, {n: world.ports[n] for n in PORTS})
    await stop.wait()
    for s in listening:
        s.close()
    server.stop()


def main():
    args = arguments()
    os.makedirs(args.folder, exist_ok=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    last = args.hosts if args.no_odd else LAST - 1
    addresses = [f'127.0.0.{2 + i}' for i in range(last)]
    everywhere = addresses + [FORBIDDEN]
    sockets, ports = {}, {}
    for name in PORTS:
        ports[name], sockets[name] = claim(
            addresses if name in ('dead', 'unknown', 'wrong', 'expired') else
            everywhere, args.port if name == 'http' else 0)
    world = make(args, ports, addresses)
    if args.write_only:
        return
    world.warm()
    contexts = certs.make(f'{args.folder}/certs', addresses)
    shutil.copy(f'{args.folder}/certs/ca.pem', f'{args.folder}/ca.pem')
    clock = Clock()
    loop = asyncio.SelectorEventLoop(clock)
    asyncio.set_event_loop(loop)
    loop.run_until_complete(serve(args, world, sockets, contexts, clock))
    # What is still running is a misbehaving page; nobody waits for it.
    os._exit(0)


if __name__ == '__main__':
    main()
