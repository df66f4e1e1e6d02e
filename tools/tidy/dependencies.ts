/**
 * docs/DEPENDENCIES.md accounts for each package of package.json: "name version" stands in it, so
 * that a package cannot come or change without its row. Versions are exact.
 */
import { found, type Finding, type Rule, type Tree } from "./tree.ts";

const groups = ["dependencies", "devDependencies", "optionalDependencies"];

function check(tree: Tree): readonly Finding[] {
  const manifest = tree.files.find(({ path }) => path === "package.json");
  if (manifest === undefined) return [];
  const document = tree.files.find(({ path }) => path === "docs/DEPENDENCIES.md")?.text ?? "";
  const parsed: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = JSON.parse(
    manifest.text,
  );
  return groups
    .flatMap((group) => Object.entries(parsed[group] ?? {}))
    .flatMap(([name, version]) => {
      const at = manifest.text.indexOf(`"${name}"`);
      if (!/^\d/.test(version))
        return [found(manifest, at, "dependencies", `${name} ${version}: pin one version exactly`)];
      if (document.includes(`${name} ${version}`)) return [];
      return [found(manifest, at, "dependencies", `${name} ${version} has no row in docs/DEPENDENCIES.md`)];
    });
}

/** A row for each package, a version in each row. */
export const dependencies: Rule = { name: "dependencies", check };
