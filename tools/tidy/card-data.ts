/**
 * Card data has no place in the product's types: no field of the reader drivers, of tenders and of what is
 * written, shown or printed of them may be named for a card number, a track, a PIN, an expiry or a holder
 * (drivers/reader/reader.ts, R3). Looks at declared fields and at keys of objects; what a parser walks over
 * is in ALLOWED with its reason.
 */
import { found, isTest, visit, type Finding, type ModuleFile, type Rule } from "./tree.ts";

/** Where tenders and cards are spoken of. */
const SCOPE =
  /^(drivers\/reader\/|core\/(tender|receipt)\/|core\/(types|facts|effect|command|state)\.ts$|runtime\/(reader|ui)\/|protocol\/event-)/;

/** Names that no field may have, as whole words of it. */
const FORBIDDEN: readonly (readonly string[])[] = [
  ["pan"],
  ["card", "number"],
  ["track"],
  ["tracks"],
  ["track1"],
  ["track2"],
  ["track3"],
  ["cvc"],
  ["cvv"],
  ["cvv2"],
  ["pin", "block"],
  ["expiry"],
  ["expiry", "date"],
  ["cardholder"],
  ["card", "holder"],
  ["holder", "name"],
];

/** "path name" to why it may be there. */
export const ALLOWED: ReadonlyMap<string, string> = new Map([
  ["drivers/reader/nexo/messages.ts MaskedPan", "read as last_four: four digits and no more become a text"],
]);

/** "maskedPan", "MASKED_PAN" and "card-number" to their words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.toLowerCase());
}

function isForbidden(name: string): boolean {
  const words = wordsOf(name);
  return FORBIDDEN.some((run) =>
    words.some((_, index) => run.every((word, offset) => words[index + offset] === word)),
  );
}

function check(file: ModuleFile): readonly Finding[] {
  const findings: Finding[] = [];
  const look = (key: { readonly type: string; readonly start: number }): void => {
    const name = "name" in key ? key.name : "value" in key ? key.value : undefined;
    if (typeof name !== "string" || !isForbidden(name) || ALLOWED.has(`${file.path} ${name}`)) return;
    findings.push(found(file, key.start, "card-data", `${name}: card data ends at the byte parser`));
  };
  visit(file, {
    TSPropertySignature: ({ key }) => look(key),
    PropertyDefinition: ({ key }) => look(key),
    Property: ({ key }) => look(key),
  });
  return findings;
}

/** No field for card data. */
export const cardData: Rule = {
  name: "card-data",
  check: (tree) => tree.modules.filter(({ path }) => SCOPE.test(path) && !isTest(path)).flatMap(check),
};
