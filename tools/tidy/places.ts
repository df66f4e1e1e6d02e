/**
 * Nothing in the tree names a machine: no host of a package registry, no absolute path of somebody's
 * home or work folder. A clone has to build anywhere, from any mirror.
 */
import { found, type Finding, type Rule, type TextFile } from "./tree.ts";

// Written in parts, so that this file keeps its own rule.
const hosts = [
  "registry.",
  "npmjs.",
  "npmmirror.",
  "deb.debian.",
  "archive.ubuntu.",
  "ports.ubuntu.",
  "pypi.",
];
const host = new RegExp(
  `(https?:)?//[\\w.-]*(${hosts.map((part) => part.replace(".", "\\.")).join("|")})[\\w.-]*`,
);
const machinePath = new RegExp(`(^|[\\s"'\`(=:])/(${["work", "root", "home"].join("|")})/[\\w.-]`, "m");

function check(file: TextFile): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [pattern, what] of [
    [host, "names a package registry: leave the host to npm's and apt's own configuration"],
    [machinePath, "names a path of one machine: make it relative, or find it"],
  ] as const) {
    const match = pattern.exec(file.text);
    if (match !== null) findings.push(found(file, match.index, "places", `${match[0].trim()} ${what}`));
  }
  return findings;
}

/** No registry hosts, no machine's paths. */
export const places: Rule = { name: "places", check: (tree) => tree.files.flatMap(check) };
