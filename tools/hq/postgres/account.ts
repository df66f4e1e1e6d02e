/**
 * Whose account the database runs as. PostgreSQL refuses root, so a headquarters that runs as root
 * hands the database to the owner of the data folder, or to nobody.
 */
import { chmodSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { HqFault } from "../fault.ts";

/** A user by number. Null where the database runs as headquarters itself. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account for a data folder, which exists. Throws hq/no_unprivileged_user. */
export function accountFor(dataDir: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(dataDir);
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const nobody = accountNamed("nobody", readFileSync("/etc/passwd", "utf8"));
  if (nobody === null) throw new HqFault("hq/no_unprivileged_user", "");
  return nobody;
}

/** The account of this name in a passwd file, or null when there is none or it is root's. */
export function accountNamed(name: string, passwd: string): Account | null {
  for (const line of passwd.split("\n")) {
    const [user, , uid, gid] = line.split(":");
    if (user !== name || uid === undefined || gid === undefined) continue;
    const account = { uid: Number(uid), gid: Number(gid) };
    return Number.isSafeInteger(account.uid) && account.uid > 0 ? account : null;
  }
  return null;
}

/** Whether this account may go down to the folder `path`: every folder on the way lets it through. */
export function canReach(account: Account | null, path: string): boolean {
  if (account === null) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if (!canEnter(account, folder)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Lets `account` pass through this one folder, which stays unreadable to it; for a folder of headquarters' own. */
export function letPass(account: Account | null, folder: string): void {
  if (account === null || canEnter(account, folder)) return;
  chmodSync(folder, statSync(folder).mode | ENTER_AS_OTHER);
}

const ENTER_AS_OWNER = 0o100;
const ENTER_AS_GROUP = 0o010;
const ENTER_AS_OTHER = 0o001;

function canEnter(account: Account, folder: string): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & ENTER_AS_OWNER) !== 0;
  if (gid === account.gid) return (mode & ENTER_AS_GROUP) !== 0;
  return (mode & ENTER_AS_OTHER) !== 0;
}
