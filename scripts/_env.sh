# Makes .venv and puts the pinned packages into it; sourced by the other scripts. POSIX sh, so that macOS and Debian agree.

DIBS_CALLED_FROM=$PWD
export DIBS_CALLED_FROM
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
cd "$root" || exit 1
unset PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV __PYVENV_LAUNCHER__ VIRTUAL_ENV
# uv brings certificates of its own; the machine's also know a company's proxy. (Two names: uv has changed its mind.)
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
python="$root/.venv/bin/python"

say() { printf '%s\n' "dibs: $*" >&2; }

give_up() {
    say "$*"
    exit 1
}

# Wheels are pinned for these versions and no others.
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; }

can() { "$1" -c "import $2" >/dev/null 2>&1; }

candidates() {
    for name in ${DIBS_PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3 python; do
        where=$(command -v "$name" 2>/dev/null) || continue
        fits "$where" && printf '%s\n' "$where"
    done
}

# The first Python that can import $1.
python_with() {
    candidates | while IFS= read -r one; do
        if can "$one" "$1"; then
            printf '%s\n' "$one"
            break
        fi
    done
}

any_python() { candidates | head -n 1; }

add_venv_package() {
    base=$(any_python)
    version=$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "this Python lacks ensurepip; adding the Debian package python3-venv"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            "python$version-venv"; } >/dev/null 2>&1
        can "$base" ensurepip && return 0
    fi
    give_up "this Python can't make virtual environments: install the system package python3-venv (Debian, Ubuntu: apt-get install python3-venv), or uv, and start again."
}

# An environment that has no pip of its own: another Python's pip fills it from outside.
make_venv_without_pip() {
    outside=$(python_with pip)
    [ -n "$outside" ] || return 1
    "$outside" -m pip --python "$outside" --version >/dev/null 2>&1 || return 1
    "$outside" -m venv --without-pip .venv
}

make_venv() {
    rm -rf .venv
    base=$(any_python)
    if command -v uv >/dev/null 2>&1 && uv venv --quiet --python "${base:->=3.11,<3.15}" .venv; then
        return 0
    fi
    [ -n "$base" ] || give_up "Python 3.11, 3.12, 3.13 or 3.14 is needed and none was found: install the system package python3 (macOS: brew install python@3.13)."
    full=$(python_with ensurepip)
    if [ -n "$full" ] && "$full" -m venv .venv; then
        return 0
    fi
    rm -rf .venv
    virtual=$(python_with virtualenv)
    if [ -n "$virtual" ] && "$virtual" -m virtualenv --quiet .venv; then
        return 0
    fi
    make_venv_without_pip && return 0
    rm -rf .venv
    add_venv_package
    "$base" -m venv .venv
}

# One line per package while pip works, the whole of its talk in .venv/install.log.
count_packages() {
    done_so_far=0
    while IFS= read -r line; do
        printf '%s\n' "$line" >>.venv/install.log
        case $line in
        Collecting*)
            done_so_far=$((done_so_far + 1))
            name=${line#Collecting }
            printf '  %3d of about %s  %s\n' "$done_so_far" "$1" "${name%% *}" >&2
            ;;
        "Installing collected"*) say "unpacking" ;;
        esac
    done
}

fill_by_pip() {
    if can "$python" pip; then
        set -- "$python" -m pip install "$@"
    else
        outside=$(python_with pip)
        [ -n "$outside" ] || return 1
        set -- "$outside" -m pip --python "$python" install "$@"
    fi
    rm -f .venv/install.log .venv/installed
    {
        PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 "$@" --no-input --progress-bar off 2>&1 && touch .venv/installed
    } | count_packages "$total"
    [ -f .venv/installed ] && return 0
    tail -n 15 .venv/install.log >&2
    return 1
}

fill() {
    total=$(grep -c '^[a-z].*==' "$1")
    say "installing $total packages from $1 (once)"
    if command -v uv >/dev/null 2>&1; then
        uv pip install --python "$python" --require-hashes --only-binary :all: -r "$1" && return 0
        say "uv could not; trying pip"
        can "$python" pip || "$python" -m ensurepip >/dev/null 2>&1
    fi
    fill_by_pip --require-hashes --only-binary :all: -r "$1"
}

# ready requirements.txt: afterwards $python has exactly those pins. Nothing is done when the stamp, a copy of the list, agrees.
ready() {
    if [ -x "$python" ] && cmp -s "$1" ".venv/$1"; then
        return 0
    fi
    if ! fits "$python"; then
        say "making .venv"
        make_venv || give_up "the virtual environment .venv could not be made."
    fi
    fill "$1" || give_up "the packages of $1 could not be installed; the reason stands above (all of it: .venv/install.log)."
    cp requirements.txt .venv/requirements.txt
    cp "$1" ".venv/$1"
}
