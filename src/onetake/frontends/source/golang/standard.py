"""Go's own packages, and the helpers of jsii's runtime."""

from __future__ import annotations

from onetake.frontends.source.golang.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NOTHING,
    STRING,
    UNKNOWN,
    Form,
    Function,
    GoType,
    function,
    pointer,
    slice_of,
)

JSII = "github.com/aws/jsii-runtime-go"
_LISTED = """
archive/tar archive/zip bufio bytes cmp compress/bzip2 compress/flate compress/gzip compress/lzw compress/zlib
container/heap container/list container/ring context crypto crypto/aes crypto/cipher crypto/des crypto/dsa crypto/ecdh
crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/hmac crypto/md5 crypto/rand crypto/rc4 crypto/rsa crypto/sha1
crypto/sha256 crypto/sha512 crypto/subtle crypto/tls crypto/x509 crypto/x509/pkix database/sql database/sql/driver
debug/buildinfo debug/dwarf debug/elf debug/gosym debug/macho debug/pe debug/plan9obj embed encoding encoding/ascii85
encoding/asn1 encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json
encoding/pem encoding/xml errors expvar flag fmt go/ast go/build go/build/constraint go/constant go/doc go/doc/comment
go/format go/importer go/parser go/printer go/scanner go/token go/types go/version hash hash/adler32 hash/crc32
hash/crc64 hash/fnv hash/maphash html html/template image image/color image/color/palette image/draw image/gif
image/jpeg image/png index/suffixarray io io/fs io/ioutil iter log log/slog log/syslog maps math math/big math/bits
math/cmplx math/rand math/rand/v2 mime mime/multipart mime/quotedprintable net net/http net/http/cgi
net/http/cookiejar net/http/fcgi net/http/httptest net/http/httptrace net/http/httputil net/http/pprof net/mail
net/netip net/rpc net/rpc/jsonrpc net/smtp net/textproto net/url os os/exec os/signal os/user path path/filepath
plugin reflect regexp regexp/syntax runtime runtime/cgo runtime/coverage runtime/debug runtime/metrics runtime/pprof
runtime/race runtime/trace slices sort strconv strings structs sync sync/atomic syscall testing testing/fstest
testing/iotest testing/quick testing/slogtest text/scanner text/tabwriter text/template text/template/parse time
time/tzdata unicode unicode/utf16 unicode/utf8 unique unsafe weak
"""
PACKAGES = frozenset(_LISTED.split())
"""Those of Go 1.19, and what later versions added as far as is known."""
_ROOTS = frozenset(path.partition("/")[0] for path in PACKAGES)
_RESULTS = {
    "fmt.Sprintf": STRING,
    "fmt.Sprint": STRING,
    "fmt.Sprintln": STRING,
    "os.Getenv": STRING,
    "strconv.Itoa": STRING,
    "strings.ToLower": STRING,
    "strings.ToUpper": STRING,
    "strings.TrimSpace": STRING,
    "strings.Join": STRING,
    "strings.ReplaceAll": STRING,
    "strings.Split": slice_of(STRING),
}
_EXPORTED = (
    "Close Ptr PtrSlice Bool Bools Number Numbers String Strings Sprintf Time Times AnyStrings AnyNumbers AnySlice "
    "UnsafeCast FQN Member MemberMethod MemberProperty EnumMember Load RegisterClass RegisterEnum RegisterInterface "
    "RegisterStruct InitJsiiProxy Create Invoke InvokeVoid StaticInvoke StaticInvokeVoid Get StaticGet Set "
    "StaticSet"
)
_NAMES = frozenset(_EXPORTED.split())


def is_standard(path: str) -> bool:
    """Whether Go itself may have a package: its first part has no dot, and Go uses it."""
    return path.partition("/")[0] in _ROOTS


def nearest(name: str) -> str:
    """The import path of the package that is called ``name``; the shortest of several."""
    found = [path for path in PACKAGES if path.rpartition("/")[2] == name]
    return min(found, key=lambda path: (path != name, len(path), path), default="")


def result(path: str, name: str) -> GoType:
    """What a function of Go's own gives, of a few that are used for names."""
    return _RESULTS.get(f"{path}.{name}", UNKNOWN)


def helper(name: str) -> GoType | None:
    """A function of jsii's runtime; ``None`` where it has none of this name."""
    known = _HELPERS.get(name)
    if known is not None:
        return function(known)
    return UNKNOWN if name in _NAMES else None


def helpers() -> tuple[str, ...]:
    """The functions of jsii's runtime that programs use."""
    return tuple(sorted(_HELPERS))


def _one(name: str, takes: GoType, gives: GoType, *, variadic: bool = False) -> Function:
    return Function((takes,), gives, variadic, f"jsii.{name}")


NUMERIC = GoType(Form.BASIC, "number")
"""Any numeric type."""
_HELPERS = {
    "String": _one("String", STRING, pointer(STRING)),
    "Number": _one("Number", NUMERIC, pointer(FLOAT)),
    "Bool": _one("Bool", BOOL, pointer(BOOL)),
    "Strings": _one("Strings", STRING, pointer(slice_of(pointer(STRING))), variadic=True),
    "Numbers": _one("Numbers", NUMERIC, pointer(slice_of(pointer(FLOAT))), variadic=True),
    "Bools": _one("Bools", BOOL, pointer(slice_of(pointer(BOOL))), variadic=True),
    "AnyStrings": _one("AnyStrings", STRING, pointer(slice_of(ANY)), variadic=True),
    "AnyNumbers": _one("AnyNumbers", NUMERIC, pointer(slice_of(ANY)), variadic=True),
    "Sprintf": Function((STRING, ANY), pointer(STRING), variadic=True, title="jsii.Sprintf"),
    "Close": Function((), NOTHING, title="jsii.Close"),
}
BUILTINS = {
    "len": INT,
    "cap": INT,
    "copy": INT,
    "append": UNKNOWN,
    "make": UNKNOWN,
    "new": UNKNOWN,
    "panic": NOTHING,
    "recover": ANY,
    "print": NOTHING,
    "println": NOTHING,
    "delete": NOTHING,
    "close": NOTHING,
    "complex": UNKNOWN,
    "real": FLOAT,
    "imag": FLOAT,
    "min": UNKNOWN,
    "max": UNKNOWN,
    "clear": NOTHING,
}
"""Functions that need no package, and what they give."""
