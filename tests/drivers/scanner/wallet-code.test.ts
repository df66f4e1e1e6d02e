/** Classes of payment codes; all digits are invented. */

import { expect, test } from "vitest";
import { WALLET_CLASSES, walletSchemesOf } from "../../../drivers/scanner/wallet-code.ts";
import { table } from "../../support/table.ts";

const rows = table(
  ["text", "schemes"],
  `
  text                       | schemes
  100000000000000000         | wechat
  159999999999999999         | wechat
  160000000000000000         |
  10000000000000000          |
  1000000000000000000        |
  2500000000000000           | alipay
  300000000000000000         | alipay
  309999999999999999999999   | alipay
  250000000000000            |
  2500000000000000000000000  |
  6200000000000000000        | unionpay
  620000000000000000         |
  hQVDUFYwMWETTwegAAADMw==   | emvco
  hQVDUFYw                   |
  10000000000000000x         |
  6900350006025              |
  `,
);

test.each(rows)("$title", ({ text, schemes }) => {
  expect(walletSchemesOf(text, WALLET_CLASSES).join(" ")).toBe(schemes);
});

test("two classes of a configuration may claim the same digits, one scheme counts once", () => {
  const wide = {
    scheme: "alipay",
    prefixMin: "1",
    prefixMax: "3",
    lengthCharsMin: 16,
    lengthCharsMax: 24,
  } as const;
  expect(walletSchemesOf("100000000000000000", [...WALLET_CLASSES, wide])).toEqual(["wechat", "alipay"]);
  expect(walletSchemesOf("250000000000000000", [...WALLET_CLASSES, wide])).toEqual(["alipay"]);
});
