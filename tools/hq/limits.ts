/**
 * The named bounds of headquarters. What is beyond one of them is refused or waits; nothing grows
 * with what terminals send.
 */

/** Terminals connected at one moment. */
export const CONNECTIONS_COUNT_MAX = 5000;
/** A connection that has not said CONNECT by then is closed. */
export const CONNECT_WAIT_MS_MAX = 10_000;
/** The longest keep-alive a terminal may ask for; one and a half times this without a word closes it. */
export const KEEPALIVE_S_MAX = 600;
/** A terminal that does not read what it is sent is closed after this. */
export const DRAIN_WAIT_MS_MAX = 20_000;
/** Messages of one connection that are being handled: far above any window of batches. */
export const LINK_PENDING_COUNT_MAX = 128;
/** Messages of all terminals that are being handled behind a broker. */
export const BRIDGE_PENDING_COUNT_MAX = 1024;
/** How long a broker that is away is left alone between two tries. */
export const BROKER_RETRY_MS = 1000;
/** Batches of all terminals that wait for a commit; beyond it the answer is "busy". */
export const COMMIT_QUEUE_COUNT_MAX = 5000;
/** Batches of one transaction. */
export const COMMIT_GROUP_COUNT_MAX = 256;
/** Bytes of one transaction; one batch more may be begun below it. */
export const COMMIT_GROUP_BYTES_MAX = 4_194_304;
/** Batches that one step of the projector reads. */
export const PROJECT_BATCHES_COUNT_MAX = 32;
/** Writers that one look for arrears names. */
export const WRITERS_BEHIND_COUNT_MAX = 1000;
/** Held records that one step tries again. */
export const HELD_RETRY_COUNT_MAX = 200;
/** Batches of one terminal kept aside for a person to look at; beyond it only the alarm counts on. */
export const QUARANTINE_COUNT_MAX = 1000;
/** Different alarms that wait to be stored together. */
export const ALARMS_PENDING_COUNT_MAX = 1000;
/** How long counted alarms wait before they are logged and stored. */
export const ALARM_FLUSH_MS = 500;
/** How often a transaction is tried before its callers hear of it. */
export const TRANSACTION_TRIES_COUNT_MAX = 5;
/** Connections that one process opens to its database. */
export const DATABASE_CONNECTIONS_COUNT_MAX = 6;
/** How long making, starting and stopping the database may each take. */
export const DATABASE_WAIT_MS_MAX = 60_000;
/** A Unix socket's path may have 107 bytes and an end; the server's own file name is part of it. */
export const SOCKET_PATH_BYTES_MAX = 107;
