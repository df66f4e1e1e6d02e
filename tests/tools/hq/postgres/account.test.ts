/** Whose account the database gets, and where that account may go. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { accountNamed, canReach, letPass } from "../../../../tools/hq/postgres/account.ts";

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
toor:x:0:0::/root:/bin/sh
nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin
`;

test("an account is found by its name, and root under another name is none", () => {
  expect(accountNamed("nobody", PASSWD)).toEqual({ uid: 65_534, gid: 65_533 });
  expect(accountNamed("toor", PASSWD)).toBeNull();
  expect(accountNamed("nobody", "nobody-else:x:5:5::/:/bin/sh\n")).toBeNull();
  expect(accountNamed("nobody", "nobody\nnobody:x:a:b::/:\n")).toBeNull();
});

test("a folder below a private one is out of reach for others and within reach of its owner", () => {
  const top = mkdtempSync(join(tmpdir(), "hq-account-"));
  const inner = join(top, "a", "b");
  mkdirSync(inner, { recursive: true });
  const { uid, gid } = statSync(inner);
  const stranger = { uid: uid + 4242, gid: gid + 4242 };
  chmodSync(top, 0o755);
  expect(canReach(stranger, inner)).toBe(true);
  chmodSync(top, 0o700);
  expect(canReach(stranger, inner)).toBe(false);
  expect(canReach({ uid, gid }, inner)).toBe(true);
  expect(canReach({ uid: stranger.uid, gid }, inner)).toBe(false);
  letPass(stranger, top);
  expect([canReach(stranger, inner), statSync(top).mode & 0o777]).toEqual([true, 0o701]);
  chmodSync(top, 0o710);
  expect(canReach({ uid: stranger.uid, gid }, inner)).toBe(true);
  expect(canReach(null, inner)).toBe(true);
  rmSync(top, { recursive: true });
});
