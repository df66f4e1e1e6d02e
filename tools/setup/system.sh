#!/usr/bin/env bash
# Debian packages that the tests use: a browser for the screen and Chinese glyphs for what it shows.
# Installs them where apt may (root, or sudo without a password). Where it may not, or cannot, says
# in one line what is missing and what will be skipped, and exits with 3; never stops the build.
set -u

missing=()
find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_glyphs() { command -v fc-list >/dev/null && [ -n "$(fc-list ':lang=zh' 2>/dev/null | head -n 1)" ]; }
look() {
  missing=()
  find_browser >/dev/null || missing+=(chromium)
  has_glyphs || missing+=(fonts-noto-cjk fontconfig)
}
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

look
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  why="this system has no apt"
elif [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
  why="not root, and sudo asks for a password"
else
  echo "setup: apt-get install ${missing[*]}"
  mkdir -p build/setup
  export DEBIAN_FRONTEND=noninteractive
  log=build/setup/apt.log
  wait_for_lock="-o DPkg::Lock::Timeout=120"
  as_root apt-get $wait_for_lock update >"$log" 2>&1
  as_root apt-get $wait_for_lock install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1
  look
  [ ${#missing[@]} -eq 0 ] && exit 0
  why="apt could not install it, see $log"
fi

echo "setup: missing ${missing[*]} ($why): the tests of the screen and of Chinese print are skipped and counted"
exit 3
