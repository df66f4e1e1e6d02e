/**
 * Classes of the codes that customers show to pay, by first digits and length. A class is all that is
 * ever said of such a code: it is worth money, so its digits stay here (R2 in result.ts). The ranges
 * are configuration, because the providers widen them.
 */

import type { WalletScheme } from "./result.ts";

/** One class: digits only, `prefixMin` and `prefixMax` of one length and inclusive. */
export interface WalletClass {
  readonly scheme: WalletScheme;
  readonly prefixMin: string;
  readonly prefixMax: string;
  readonly lengthCharsMin: number;
  readonly lengthCharsMax: number;
}

/** The ranges that WeChat Pay, Alipay and UnionPay publish. */
export const WALLET_CLASSES: readonly WalletClass[] = [
  { scheme: "wechat", prefixMin: "10", prefixMax: "15", lengthCharsMin: 18, lengthCharsMax: 18 },
  { scheme: "alipay", prefixMin: "25", prefixMax: "30", lengthCharsMin: 16, lengthCharsMax: 24 },
  { scheme: "unionpay", prefixMin: "62", prefixMax: "62", lengthCharsMin: 19, lengthCharsMax: 19 },
];

/** Base64 of the tag 85 05 "CPV01" with which an EMVCo consumer-presented code begins. */
const EMVCO = /^hQVDUFYw[A-Za-z0-9+/]{1,680}={0,2}$/;

/** Every scheme that `text` may belong to; more than one is for the clerk to settle. */
export function walletSchemesOf(text: string, classes: readonly WalletClass[]): readonly WalletScheme[] {
  if (EMVCO.test(text)) return ["emvco"];
  if (!/^[0-9]+$/.test(text)) return [];
  const fitting = classes.filter((each) => {
    const prefix = text.slice(0, each.prefixMin.length);
    const isInRange = prefix >= each.prefixMin && prefix <= each.prefixMax;
    return isInRange && text.length >= each.lengthCharsMin && text.length <= each.lengthCharsMax;
  });
  return [...new Set(fitting.map(({ scheme }) => scheme))];
}
