"""The child that confines itself and then runs the program; started as a script, without the rest of onetake.

Its one argument is JSON: ``command`` (a list), ``folder``, ``limits`` (names of :mod:`resource` and numbers), and
``namespaces``, absent where another sandbox, or none, is around it: ``hidden`` (folders that are empty inside),
``visible`` (what of them is seen nevertheless, read-only), ``folders`` (made in them), ``writable`` (the output),
``scratch`` (bytes of each hidden folder, which can be written to and vanishes).

The program sees the machine's files read-only, in namespaces of its own for users, mounts, processes, networks, names
and messages, and without capabilities. What it could do to that with new namespaces is refused by the kernel: mounts
that come from a more privileged namespace are locked.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Any

CANNOT = 125
"""The exit code when the sandbox cannot be made; the reason is on standard error after :data:`MARK`."""
MARK = "onetake-sandbox: "

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _BIND, _REC, _PRIVATE = 0x1, 0x2, 0x4, 0x8, 0x1000, 0x4000, 0x40000
_DETACH = 2
_PDEATHSIG, _CAPBSET_DROP, _SECUREBITS, _NO_NEW_PRIVS = 1, 24, 28, 38
_NOROOT_LOCKED = 0x2F  # no capabilities for root, nor kept over a change of user; locked
_SYS_MOUNT_SETATTR, _AT_RECURSIVE, _ATTR_RDONLY = 442, 0x8000, 0x1
_SYS_PIVOT_ROOT = {
    "x86_64": 155,
    "aarch64": 41,
    "riscv64": 41,
    "armv7l": 218,
    "i686": 217,
    "s390x": 217,
    "ppc64le": 203,
}
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41
_CAPABILITY_VERSION = 0x20080522
_DEVICES = ("null", "zero", "full", "random", "urandom")

_libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Confine this process as its argument says, and become the program."""
    given = json.loads(sys.argv[1])
    try:
        if "namespaces" in given:
            _enter(given["namespaces"])
        _limit(given["limits"])
        os.chdir(given["folder"])
    except OSError as error:
        os.write(2, f"{MARK}{error.filename or 'a step of it'}: {error.strerror}\n".encode())
        os._exit(CANNOT)
    try:
        os.execvp(given["command"][0], given["command"])  # noqa: S606 - what this is for
    except OSError as error:
        os.write(2, f"{given['command'][0]}: {error.strerror}\n".encode())
        os._exit(127)


def _enter(places: dict[str, Any]) -> None:
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEWUSER | _NEWNS | _NEWPID | _NEWNET | _NEWIPC | _NEWUTS, what="unshare")
    _call("prctl", _PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")
    _loopback()
    _wait(os.fork())
    # From here on: the first process of its namespace, with whose end all others end.
    _call("prctl", _PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _mounts(places)
    _wait(os.fork())
    _give_up_capabilities()


def _loopback() -> None:
    """Let processes of the program talk to one another, as some tools do."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))


def _wait(child: int) -> None:
    """In the parent: end as the child ends, after collecting all that end before. In the child: go on."""
    if child == 0:
        return
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    while True:
        ended, status = os.wait()
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)


def _mounts(places: dict[str, Any]) -> None:
    _mount("none", "/", "", _REC | _PRIVATE)
    new = "/tmp"  # noqa: S108 - any folder that is there: it is hidden only here, and only until the root is changed
    size = f"size={places['scratch']},mode=0755"
    _mount("tmpfs", new, "tmpfs", _NOSUID | _NODEV, size)
    root, old = f"{new}/root", f"{new}/old"
    Path(root).mkdir()
    Path(old).mkdir()
    _pivot(new, old)
    # The machine's files are at /old now, and are to be seen at /root, which becomes / at the end.
    root, old = "/root", "/old"
    _mount(old, root, "", _BIND | _REC)
    _read_only(root)
    for hidden in places["hidden"]:
        _mount("tmpfs", f"{root}{hidden}", "tmpfs", _NOSUID | _NODEV, size)
    _mount("tmpfs", f"{root}/dev", "tmpfs", _NOSUID | _NOEXEC, "size=65536k,mode=0755")
    for name in _DEVICES:
        Path(f"{root}/dev/{name}").touch()
        _mount(f"{old}/dev/{name}", f"{root}/dev/{name}", "", _BIND)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        Path(f"{root}/dev/{name}").symlink_to(f"/proc/self/fd{target}")
    Path(root, "dev", "shm").mkdir()
    for shown in places["visible"]:
        _place(f"{old}{shown}", f"{root}{shown}")
        _read_only(f"{root}{shown}")
    for folder in places["folders"]:
        Path(f"{root}{folder}").mkdir(parents=True, exist_ok=True)
    _place(f"{old}{places['writable']}", f"{root}{places['writable']}")
    _mount("proc", f"{root}/proc", "proc", _NOSUID | _NODEV | _NOEXEC | _RDONLY)
    os.chdir(root)
    _pivot(".", ".")
    _call("umount2", b".", _DETACH, what="umount")
    os.chdir("/")


def _place(source: str, target: str) -> None:
    if os.path.isdir(source):  # noqa: PTH112 - the tests of pathlib follow in the same way, slower
        Path(target).mkdir(parents=True, exist_ok=True)
    elif not os.path.lexists(target):
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).touch()
    _mount(source, target, "", _BIND | _REC)


def _pivot(new: str, old: str) -> None:
    number = _SYS_PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(38, "unknown kind of machine", "pivot_root")
    _system_call("pivot_root", number, new.encode(), old.encode())
    if new != ".":
        os.chdir("/")


def _read_only(path: str) -> None:
    attributes = (ctypes.c_uint64 * 4)(_ATTR_RDONLY, 0, 0, 0)
    _system_call(
        "mount_setattr", _SYS_MOUNT_SETATTR, -100, path.encode(), _AT_RECURSIVE, attributes, ctypes.sizeof(attributes)
    )


def _give_up_capabilities() -> None:
    _call("prctl", _SECUREBITS, _NOROOT_LOCKED, 0, 0, 0, what="prctl")
    for number in range(64):
        _libc.prctl(_CAPBSET_DROP, number, 0, 0, 0)  # fails behind the last one that the kernel knows
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)(), what="capset")
    _call("prctl", _NO_NEW_PRIVS, 1, 0, 0, 0, what="prctl")


def _limit(limits: dict[str, int]) -> None:
    for name, value in limits.items():
        number = getattr(resource, name, None)
        if number is not None:
            hard = resource.getrlimit(number)[1]
            bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(number, (bounded, bounded))


def _mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    _call(
        "mount", source.encode(), target.encode(), kind.encode() or None, ctypes.c_ulong(flags), data.encode() or None,
        what=f"mount {target}",
    )  # fmt: skip


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def _call(name: str, *arguments: Any, what: str = "") -> None:
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what or name)


def _system_call(what: str, number: int, *arguments: Any) -> None:
    if _libc.syscall(ctypes.c_long(number), *arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), what)


if __name__ == "__main__":
    main()
