/**
 * Every field of type number in core carries its unit, qualifier last: paidAtMs, priceMinor,
 * retryDelayMsMax. Money, instants and ids are brands and need no suffix.
 */
import type { TSType } from "oxc-parser";

import { found, visit, type Finding, type ModuleFile, type Rule } from "./tree.ts";

/** Units, then an optional bound. */
const suffix =
  /(Minor|Ms|Seconds|Minutes|Days|Bytes|Bits|Count|Index|Dots|Chars|Columns|Lines|Grams|Milli|Permille|BasisPoints|Ppm|Seq|Len|Version|Number)(Min|Max)?$/;

/** Words that are their own unit: counters, calendar parts, a receipt's number, a command's (view, n). */
const unitless = new Set(
  "seq lamport version index count length year month day hour minute number view n".split(" "),
);

function isNumber(type: TSType): boolean {
  switch (type.type) {
    case "TSNumberKeyword":
      return true;
    case "TSArrayType":
      return isNumber(type.elementType);
    case "TSTypeOperator":
      return isNumber(type.typeAnnotation);
    case "TSUnionType":
      return type.types.some(isNumber);
    default:
      return false;
  }
}

function check(file: ModuleFile): readonly Finding[] {
  const findings: Finding[] = [];
  visit(file, {
    TSPropertySignature(node) {
      const type = node.typeAnnotation?.typeAnnotation;
      if (node.key.type !== "Identifier" || type === undefined || !isNumber(type)) return;
      const name = node.key.name;
      if (suffix.test(name) || unitless.has(name)) return;
      findings.push(
        found(
          file,
          node.start,
          "units",
          `${name}: a number carries its unit (…Minor, …Ms, …Bytes, …Count, …Index)`,
        ),
      );
    },
  });
  return findings;
}

/** Unit suffixes on number fields in core. */
export const units: Rule = {
  name: "units",
  check: (tree) => tree.modules.filter(({ path }) => path.startsWith("core/")).flatMap(check),
};
