/**
 * After npm ci: makes sure that the project's own Node is in node_modules/.bin, and says in one
 * sentence when the Node that will run is too old to strip types.
 * Plain JavaScript, because the machine's Node, which may be old, has to be able to run it.
 */
const { execFileSync } = require("node:child_process");
const { existsSync, symlinkSync } = require("node:fs");

// npm 10 leaves the link out where two packages, each for its own processor, both offer a `node`.
const link = "node_modules/.bin/node";
const packaged = `node-linux-${process.arch}/bin/node`;
if (process.platform === "linux" && !existsSync(link) && existsSync(`node_modules/${packaged}`)) {
  symlinkSync(`../${packaged}`, link);
}

const node = existsSync(link) ? link : "node";
const version = execFileSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }).trim();
const [major = 0, minor = 0] = version.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  console.error(
    `setup: Node ${version} cannot run this project, 24.12 or newer can. On Linux with x64 or arm64 npm ` +
      "installs it here; elsewhere put a newer Node on the PATH.",
  );
  process.exitCode = 1;
}
