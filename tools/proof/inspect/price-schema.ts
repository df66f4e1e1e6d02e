/**
 * The schema of a cart, as `tools/inspect price --help` prints it and docs/PRICE-CART.md holds it.
 * What it means is price-cart.ts; a test keeps the three together.
 */

/** The fields of a cart. A field with "=" may be left out and then has this value; "?" means it may be left out. */
export const PRICE_SCHEMA = `A cart is one JSON object, one a line, or the whole input.
Amounts are minor units of the currency, quantities thousandths, rates parts per million:
88750 is 8.875 %. "=" names what a field is when it is left out, "?" that it may be.

  currency             ISO 4217: "CNY"
  lines                [{ id, sku=id, category="none", kind="goods"|"deposit"|"gift_card",
                          quantityMilli=1000, unitPriceMinor, overrideMinor?, taxPpm=0, seat?,
                          modifiers?: [{ id, unitPriceMinor, taxPpm? }] }]
                       goods take discounts, the others do not; gift cards are not taxed; a
                       modifier with its own taxPpm is priced as the line "line/modifier"
  tax?                 { mode="inclusive"|"exclusive", grain="bucket"|"line", rounding=MODE }
  promotions?          [{ id, kind, group?, priorityIndex=0, stage?, SELECTION, and by kind:
      line_percent     offPpm | payPpm        once on the sum, then shared to the lines
      line_fixed       offMinor, per="line"|"unit"
      second_at        offPpm | payPpm        of two units, the cheaper
      cheapest_free    takeCount, freeCount
      n_for_price      takeCount, priceMinor
      bundle           parts: [{ SELECTION, unitCount=1 }], priceMinor
      order_percent    offPpm | payPpm, barMinor=0
      spend_once       offMinor, barMinor=0
      spend_every      offMinor, barMinor, timesCountMax?
      spend_ladder     steps: [{ barMinor, offMinor }]
      points           pointsCount, worthMinor=1, perCount=1, limitPpm=500000 }]
                       of one group one promotion counts; without a group all do
  coupons?             [{ id, offMinor | offPpm | payPpm, barMinor=0, group?, priorityIndex=0,
                          SELECTION }]
  pipeline=            "house" | "square" | "clover": the order of discounts; or
  stages?              [{ number, stage }] with stage of line_percent, line_fixed, sets,
                       order_percent, order_fixed, coupons, points
  choice=              "best" (for the customer, of at most 8 candidates) | "priority"
  stackableGroups?     groups whose winners count together; all of them when left out
  guestCount=0
  fees?                [{ id, amountMinor | ratePpm and rounding=MODE, taxPpm?, guestCountMin=0 }]
  tip?                 { amountMinor } | { ratePpm, basis="before_tax"|"after_tax" }
  tipPresets?          up to 4 rates; laterTip?: { amountMinor, ageMs }
  rounding?            { form, giftMinorMax?, asDiscount=false } with form of drop_cents,
                       drop_tenths, nearest_tenth, nearest_unit, up_to_tenth, up_to_unit
  cashRounding?        { incrementMinor, mode=MODE, takesExact=false }; not beside rounding
  tenders?             [{ id, method, amountMinor?, handedMinor? }], without amount: what is
                       left; method: card, cash, wallet, principal, bonus, points, gift_card
  split?               { checks: [{ id, parts: [{ line, partCount=1, wholeCount=1 }] }] } |
                       { seats: [name, ...] } by the lines' seat, lines without one shared |
                       { even: N }
  refundPolicy?        { mode="keep_share"|"recompute", refundsFees=false, minimumMinor=0,
                         order="capture_order"|"reverse"|"proportional"|"operator" }
  refunds?             [{ lines?: [{ line, quantityMilli=0, amountMinor=0 }],
                          includesTip=false, tenders?: [id, ...] }], one after another
  earn?                { pointsCount=1, perMinor, tierCount=1, tierWholeCount=1 }
  storedValue?         { amountMinor, order="principal_first"|"bonus_first"|"proportional"|
                         "ticked", returnedMinor=0, buckets: [{ id, kind="principal"|"bonus",
                         balanceMinor, startsAtDays=0, expiresAtDays=0 }] }

  SELECTION            lines?, skus?, categories?, excludedCategories?: lists of names
  MODE                 HALF_UP (the default), HALF_EVEN, HALF_DOWN, DOWN, UP

Said of each line: grossMinor, shares by promotion, netMinor = gross - shares, taxMinor (inside the
net where tax is inclusive), its part of the fees. Net + fees + tax that is not inside + tip +
rounding = total. A refused cart is {"error":"cart/...","path":"lines[0].taxPpm",...}; a refused
refund is {"error":...,"path":...} in its place, and the next one is judged without it.
`;
