/**
 * The self-signed certificate of the simulated terminal, read by somebody else.
 */

import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { makeCertificate } from "../../../../../tools/sim/reader/nexo/certificate.ts";

test("the certificate is signed by its own key, names the terminal, and has the fingerprint that is pinned", () => {
  const made = makeCertificate("SIM100-1.test.terminal");
  const certificate = new X509Certificate(made.certPem);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe("CN=SIM100-1.test.terminal");
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.fingerprint256.replaceAll(":", "").toLowerCase()).toBe(made.fingerprint256);
  expect([certificate.validFrom, certificate.validTo]).toEqual([
    "Jan  1 00:00:00 2020 GMT",
    "Dec 31 23:59:59 2099 GMT",
  ]);
});
