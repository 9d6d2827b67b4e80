"""Certificates of the world, made by openssl: an authority of its own and what
it signed, and three that must be refused."""
import os
import ssl
import subprocess

from model import SITE


def openssl(folder, *args):
    run = subprocess.run(['openssl', *args], cwd=folder, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if run.returncode:
        raise SystemExit(f'world: openssl {args[0]}: {run.stdout}')


def key(folder, name):
    openssl(folder, 'ecparam', '-name', 'prime256v1', '-genkey', '-noout',
            '-out', f'{name}.key')


def authority(folder, name):
    key(folder, name)
    openssl(folder, 'req', '-x509', '-new', '-key', f'{name}.key', '-subj',
            f'/CN=World {name}', '-days', '30', '-out', f'{name}.pem',
            '-addext', 'basicConstraints=critical,CA:TRUE',
            '-addext', 'keyUsage=critical,keyCertSign,cRLSign')


def certificate(folder, name, signer, names, *dates):
    """Signs a certificate for subjectAltName names."""
    key(folder, name)
    openssl(folder, 'req', '-new', '-key', f'{name}.key', '-subj',
            f'/CN={name}', '-out', f'{name}.csr')
    with open(f'{folder}/{name}.ext', 'w', encoding='ascii') as f:
        f.write(f'subjectAltName={names}\n')
    openssl(folder, 'x509', '-req', '-in', f'{name}.csr', '-CA',
            f'{signer}.pem', '-CAkey', f'{signer}.key', '-CAcreateserial',
            '-extfile', f'{name}.ext', '-out', f'{name}.pem', *dates)


def context(folder, name):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(f'{folder}/{name}.pem', f'{folder}/{name}.key')
    return c


def make(folder, addresses):
    """TLS contexts by the name of their port."""
    os.makedirs(folder, exist_ok=True)
    names = ','.join([f'DNS:*.{SITE}', f'DNS:{SITE}'] +
                     [f'IP:{a}' for a in addresses])
    authority(folder, 'ca')
    authority(folder, 'stranger')
    certificate(folder, 'tls', 'ca', names, '-days', '30')
    certificate(folder, 'wrong', 'ca', 'DNS:other.example', '-days', '30')
    # A validity that ended before it began is over on every day.
    certificate(folder, 'expired', 'ca', names, '-days', '-1')
    certificate(folder, 'unknown', 'stranger', names, '-days', '30')
    return {n: context(folder, n)
            for n in ('tls', 'wrong', 'expired', 'unknown')}
