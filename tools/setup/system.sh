#!/usr/bin/env bash
# Debian packages that the tests use: a browser for the screen, Chinese glyphs for what it shows, a
# broker that is not our own, and what shows the order of system calls.
# Installs them where apt may (root, or sudo without a password). Where it may not, or cannot, says
# in one line what is missing and what will be skipped, and exits with 3; never stops the build.
set -u

missing=()
find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_glyphs() { command -v fc-list >/dev/null && [ -n "$(fc-list ':lang=zh' 2>/dev/null | head -n 1)" ]; }
find_broker() { command -v mosquitto || ls /usr/sbin/mosquitto 2>/dev/null; }
look() {
  missing=()
  find_browser >/dev/null || missing+=(chromium)
  has_glyphs || missing+=(fonts-noto-cjk fontconfig)
  command -v socat >/dev/null || missing+=(socat)
  find_broker >/dev/null || missing+=(mosquitto)
  command -v strace >/dev/null || missing+=(strace)
}
# What is not tested without these packages.
skipped() {
  local text=
  for package in "${missing[@]}"; do
    case $package in
    chromium) text+=", of the screen" ;;
    fonts-noto-cjk) text+=", of Chinese print" ;;
    mosquitto) text+=", with a broker that is not our own" ;;
    strace) text+=", of the order of system calls" ;;
    esac
  done
  echo "${text#, }"
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
  # Its package starts it on headquarters' port; the tests start their own.
  if [[ " ${missing[*]} " == *" mosquitto "* ]] && command -v systemctl >/dev/null; then
    as_root systemctl disable --now mosquitto >>"$log" 2>&1
  fi
  look
  [ ${#missing[@]} -eq 0 ] && exit 0
  why="apt could not install it, see $log"
fi

echo "setup: missing ${missing[*]} ($why): the tests $(skipped) are skipped and counted"
exit 3
