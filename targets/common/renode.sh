#!/bin/sh
# Runs a firmware in Renode, without Java:  sh target/renode.sh FIRMWARE.elf
# Prints what the firmware prints and ends with its exit code; 125: Renode itself failed; 124: the time was up.
# RENODE names the program (default: renode), QCC_TIME_LIMIT the seconds that it may take (default: 600), QCC_PLATFORM
# the description of the board (default: platform.repl beside this file).
here=$(cd "$(dirname "$0")" && pwd)
elf=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d) || exit 125
limit=${QCC_TIME_LIMIT:-600}
started=$(date +%s)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Renode takes a blank in a path for its end unless a backslash stands before it.
at() {
    printf '@%s' "$1" | sed 's/ /\\ /g'
}

TMPDIR=$work timeout -k 5 "$limit" "${RENODE:-renode}" --disable-xwt --hide-log --console --plain \
    --config "$work/config" \
    -e "logFile $(at "$work/renode.log")" -e 'logLevel 3' \
    -e 'mach create "qcc"' \
    -e "machine LoadPlatformDescription $(at "${QCC_PLATFORM:-$here/platform.repl}")" \
    -e "sysbus LoadELF $(at "$elf")" \
    -e "include $(at "$here/qcc_renode.py")" \
    -e "qcc_attach \"$PWD\" \"$work/text\"" \
    -e qcc_run -e quit </dev/null >"$work/log" 2>&1

[ -f "$work/text" ] && cat "$work/text"
# Renode ends with 0 even after an error: only the file that the script writes says that the firmware has ended.
if [ -f "$work/text.end" ]; then
    read -r code _ <"$work/text.end"
    exit "$code"
fi
if [ $(($(date +%s) - started)) -ge "$limit" ]; then
    if grep 'CPU abort' "$work/renode.log" 2>/dev/null | head -n 1 >"$work/abort" && [ -s "$work/abort" ]; then
        echo "renode.sh: Renode failed: it gave the processor up:" >&2
        cat "$work/abort" >&2
        exit 125
    fi
    echo "renode.sh: the firmware did not end within $limit seconds" >&2
    exit 124
fi
echo "renode.sh: Renode failed:" >&2
tail -n 20 "$work/log" >&2
exit 125
