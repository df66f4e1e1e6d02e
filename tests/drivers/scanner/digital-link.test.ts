/** Digital Links: what is read of each, and what is refused. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isLink, readDigitalLink } from "../../../drivers/scanner/digital-link.ts";
import { problemOf } from "../../../drivers/scanner/gs1.ts";
import { table } from "../../support/table.ts";
import { anyByteText } from "./scan-codes.ts";

const rows = table(
  ["link", "answer"],
  `
  link                                                        | answer
  https://id.gs1.org/01/09501101530003                        | 01=09501101530003
  http://shop.example/01/9501101530003                        | 01=09501101530003
  HTTPS://SHOP.EXAMPLE/01/9501101530003                       | 01=09501101530003
  https://id.gs1.org/01/036000291452                          | 01=00036000291452
  https://id.gs1.org/01/96385074                              | 01=00000096385074
  https://id.gs1.org/01/09501101530003/                       | 01=09501101530003
  https://a.example/some/path/01/09501101530003/10/AB%2F1     | 01=09501101530003 10=AB/1
  https://a.example/x/01/09501101530003/22/2A/10/L/21/S       | 01=09501101530003 22=2A 10=L 21=S
  https://a.example/01/09501101530003/235/T                   | 01=09501101530003 235=T
  https://a.example/01/09501101530003?3103=000755&17=250228   | 01=09501101530003 3103=000755 17=250228
  https://a.example/01/09501101530003?17=250228;lang=en#top   | 01=09501101530003 17=250228
  https://a.example:8080/01/09501101530003?utm=%E4%B8%AD      | 01=09501101530003
  https://a.example/414/9501101530003/254/A                   | 414=9501101530003 254=A
  https://a.example/01/96385074/01/09501101530003             | 01=09501101530003
  Https://id.gs1.org/01/09501101530003                        | scan/link
  ftp://id.gs1.org/01/09501101530003                          | scan/link
  https:///01/09501101530003                                  | scan/link
  https://id.gs1.org                                          | scan/link
  https://id.gs1.org/                                         | scan/link
  https://id.gs1.org/products/42                              | scan/link
  https://id.gs1.org/01                                       | scan/link
  https://id.gs1.org/01/09501101530003/10                     | scan/link
  https://id.gs1.org/01/09501101530003/10/L/22/2A             | scan/link
  https://id.gs1.org/01/09501101530003/22/2A/235/T            | scan/link
  https://id.gs1.org/01/09501101530003/10/%E4%B8%AD           | scan/link
  https://id.gs1.org/01/09501101530003/10/%2                  | scan/link
  https://id.gs1.org/01/09501101530003?99999=1                | scan/link
  https://id.gs1.org/01/09501101530003?21=S                   | scan/link
  https://id.gs1.org/01/09501101530004                        | scan/check_digit
  https://id.gs1.org/01/0950110153000                         | scan/check_digit
  https://id.gs1.org/01/1234                                  | scan/gs1_length
  https://id.gs1.org/01/09501101530003/10/A%0D                | scan/gs1_character
  https://id.gs1.org/01/09501101530003/10/A%20B               | scan/gs1_character
  https://id.gs1.org/01/09501101530003?17=251301              | scan/gs1_value
  https://id.gs1.org/01/09501101530003/10/A?10=B              | scan/gs1_repeated
  `,
);

test.each(rows)("$title", ({ link, answer }) => {
  const read = readDigitalLink(link);
  expect(read.ok ? read.value.map(({ ai, value }) => `${ai}=${value}`).join(" ") : read.code).toBe(answer);
});

test("a path or a query with more parts than any link has is refused with scan/link", () => {
  const attributes = Array.from({ length: 65 }, (_, index) => `k${index}=1`).join("&");
  expect(readDigitalLink(`https://a.example/01/09501101530003?${attributes}`)).toMatchObject({
    code: "scan/link",
  });
  const path = "/x".repeat(64);
  expect(readDigitalLink(`https://a.example${path}/01/09501101530003`)).toMatchObject({ code: "scan/link" });
});

test("links are told from other texts by their scheme", () => {
  expect([isLink("hTTp:x"), isLink("https://a"), isLink("6900350006025")]).toEqual([true, true, false]);
});

test("any link is read or refused, and what is read is good", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "01",
      "10",
      "21",
      "09501101530003",
      "%41",
      "%",
      "?",
      "&",
      "=",
      "/",
      "3103",
      "000755",
      "#",
    ),
    anyByteText(4),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const read = readDigitalLink(`https://a.example/${parts.join("/")}`);
      for (const element of read.ok ? read.value : []) expect(problemOf(element)).toBeUndefined();
    }),
  );
});
