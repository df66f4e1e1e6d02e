/**
 * The tables, as numbered steps that are applied once and in order. A step that was released is
 * never changed; a new need is a new step.
 *
 * Dialect (PostgreSQL 15 and up, and the distributed engines that speak it): every key of a table
 * with data begins with tenant; no sequences, triggers, foreign keys or advisory locks; amounts are
 * bigint minor units; text is ordered by its bytes; each statement stands alone and may be repeated.
 */

/** One step; its statements run in order. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Step n is MIGRATIONS[n - 1]. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: "held history",
    statements: [
      `create table if not exists meta (
         tenant text collate "C" not null, name text collate "C" not null, value bytea not null,
         primary key (tenant, name))`,
      // One row a terminal: locked by whoever decides about its batches.
      `create table if not exists terminal (
         tenant text collate "C" not null, terminal text collate "C" not null,
         epoch_count bigint not null,
         primary key (tenant, terminal))`,
      `create table if not exists epoch (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         arrival_index bigint not null, from_seq bigint not null,
         parent_epoch text collate "C", parent_seq bigint,
         tip_seq bigint not null, tip_hash bytea not null,
         primary key (tenant, terminal, epoch))`,
      `create index if not exists epoch_by_start on epoch (tenant, terminal, from_seq)`,
      `create index if not exists epoch_by_arrival on epoch (tenant, terminal, arrival_index)`,
      `create table if not exists batch (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         to_seq bigint not null, from_seq bigint not null, body bytea not null, received_at timestamptz not null,
         primary key (tenant, terminal, epoch, to_seq))`,
      // A block's batch is the one of its epoch with batch_to_seq; seq before epoch in the key, for a
      // parent is looked for in the epoch before.
      `create table if not exists block (
         tenant text collate "C" not null, terminal text collate "C" not null,
         to_seq bigint not null, epoch text collate "C" not null,
         from_seq bigint not null, hash bytea not null, previous_hash bytea not null, batch_to_seq bigint not null,
         primary key (tenant, terminal, to_seq, epoch))`,
      `create table if not exists quarantine (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         from_seq bigint not null, last_hash bytea not null,
         body bytea not null, reason text not null, received_at timestamptz not null,
         primary key (tenant, terminal, epoch, from_seq, last_hash))`,
      `create table if not exists alarm (
         tenant text collate "C" not null, code text collate "C" not null,
         terminal text collate "C" not null, subject text collate "C" not null,
         detail text not null, count bigint not null, first_at timestamptz not null, last_at timestamptz not null,
         primary key (tenant, code, terminal, subject))`,
    ],
  },
  {
    name: "projections",
    statements: [
      `create table if not exists projector_pos (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null,
         primary key (tenant, terminal, epoch))`,
      `create table if not exists order_event (
         tenant text collate "C" not null, order_id text collate "C" not null,
         terminal text collate "C" not null, epoch text collate "C" not null, seq bigint not null,
         record bytea not null,
         primary key (tenant, order_id, terminal, epoch, seq))`,
      `create table if not exists held_record (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null, code text not null, record bytea not null,
         primary key (tenant, terminal, epoch, seq))`,
      // One row an order from its first event on: locked by whoever folds it. Null until it was folded.
      `create table if not exists order_view (
         tenant text collate "C" not null, order_id text collate "C" not null,
         kind text, phase text, owner text, label text, currency text, opened_at timestamptz,
         open_total_minor bigint, closed_total_minor bigint, closing_count bigint, marks text, view_hash bytea,
         primary key (tenant, order_id))`,
      `create table if not exists closing (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null,
         order_id text collate "C" not null, check_id text collate "C" not null,
         kind text not null, currency text collate "C" not null, clerk text not null, at timestamptz not null,
         total_minor bigint not null, receipt_series text not null, receipt_number bigint not null,
         view_check text not null,
         primary key (tenant, terminal, epoch, seq))`,
      `create index if not exists closing_by_time on closing (tenant, at)`,
      `create table if not exists closing_tax (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null, tax_index bigint not null,
         rate_ppm bigint not null, net_minor bigint not null, tax_minor bigint not null,
         primary key (tenant, terminal, epoch, seq, tax_index))`,
      `create table if not exists closing_tender (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null, tender_index bigint not null,
         method text collate "C" not null, amount_minor bigint not null,
         primary key (tenant, terminal, epoch, seq, tender_index))`,
    ],
  },
  {
    name: "a shop's day",
    statements: [
      `alter table closing add column if not exists shift text collate "C"`,
      `create index if not exists closing_by_shift on closing (tenant, shift)`,
      // The report of a Z as JSON: shown and compared whole, never searched.
      `create table if not exists shift_closing (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null,
         shift text collate "C" not null, z_number bigint not null, at timestamptz not null,
         business_date text collate "C" not null, report text not null,
         counted_minor bigint not null, difference_minor bigint not null, reason text not null,
         primary key (tenant, terminal, epoch, seq))`,
      `create table if not exists stock_move (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null, sku text collate "C" not null, quantity_milli bigint not null,
         primary key (tenant, terminal, epoch, seq, sku))`,
      `create index if not exists stock_move_by_sku on stock_move (tenant, sku)`,
      `create table if not exists stock_count (
         tenant text collate "C" not null, sku text collate "C" not null,
         counted_milli bigint not null, target_milli bigint not null, threshold_ppm bigint not null,
         moved_before_milli bigint not null,
         primary key (tenant, sku))`,
    ],
  },
  {
    name: "the console",
    statements: [
      // Time and currency are its closing's, so that a sum by item reads one index and nothing else.
      `create table if not exists closing_line (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null, line_index bigint not null,
         at timestamptz not null, currency text collate "C" not null, sku text collate "C" not null,
         name text not null, quantity_milli bigint not null, amount_minor bigint not null, tax_ppm bigint not null,
         primary key (tenant, terminal, epoch, seq, line_index))`,
      `create index if not exists closing_line_by_time
         on closing_line (tenant, at) include (currency, sku, quantity_milli, amount_minor)`,
      `create index if not exists closing_line_by_sku on closing_line (tenant, sku, at)`,
      `create table if not exists house_event (
         tenant text collate "C" not null, terminal text collate "C" not null, epoch text collate "C" not null,
         seq bigint not null, lamport bigint not null, at timestamptz not null,
         type text collate "C" not null, clerk text collate "C" not null, subject text collate "C" not null,
         amount_minor bigint not null, order_id text collate "C" not null, detail text not null,
         primary key (tenant, terminal, epoch, seq))`,
      `create index if not exists house_event_by_time on house_event (tenant, at)`,
      `create index if not exists house_event_by_type on house_event (tenant, type, terminal, lamport)`,
      `create index if not exists order_view_by_opening on order_view (tenant, opened_at, order_id)`,
      `create index if not exists order_view_by_total on order_view (tenant, closed_total_minor)`,
      `create index if not exists closing_by_order on closing (tenant, order_id)`,
      `create index if not exists closing_by_receipt on closing (tenant, receipt_number)`,
      `create index if not exists closing_by_total on closing (tenant, total_minor)`,
      `create index if not exists shift_closing_by_time on shift_closing (tenant, at)`,
      `create index if not exists shift_closing_by_shift on shift_closing (tenant, shift)`,
      // What was projected before has none of these rows: everything is projected once more, over itself.
      `update projector_pos set seq = 0`,
    ],
  },
  {
    name: "headquarters' own word",
    statements: [
      // A file in pieces, so that one piece is one row.
      `create table if not exists blob (
         tenant text collate "C" not null, sha256 text collate "C" not null, from_byte bigint not null,
         bytes bytea not null,
         primary key (tenant, sha256, from_byte))`,
    ],
  },
  {
    name: "items by month",
    statements: [
      // Sums of closing_line by month of UTC: a year's report and every level read these instead.
      `create table if not exists item_month (
         tenant text collate "C" not null, month bigint not null,
         sku text collate "C" not null, currency text collate "C" not null,
         quantity_milli bigint not null, amount_minor bigint not null, line_count bigint not null,
         primary key (tenant, month, sku, currency))`,
      `create index if not exists item_month_by_sku on item_month (tenant, sku)`,
      `insert into item_month (tenant, month, sku, currency, quantity_milli, amount_minor, line_count)
       select tenant,
              (extract(year from at at time zone 'UTC') * 12 + extract(month from at at time zone 'UTC') - 1)::bigint,
              sku, currency, sum(quantity_milli)::bigint, sum(amount_minor)::bigint, count(*)
         from closing_line group by 1, 2, 3, 4 on conflict do nothing`,
    ],
  },
];
