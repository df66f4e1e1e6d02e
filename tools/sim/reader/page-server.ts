/**
 * The card holder's page over HTTP on loopback: the page, everything as JSON, a stream of "something
 * changed", and the buttons. A button wants a header that no other site's page can send. No card number
 * is in what this serves: cards are named by their keys and last four digits.
 */

import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { listen } from "../printer/device.ts";
import type { Acquirer } from "./acquirer.ts";
import { CARDS, lastFourOf } from "./cards.ts";
import type { ReaderLink } from "./link.ts";
import { PAGE_HTML } from "./page.ts";
import { promptOf } from "./zvt/state.ts";
import type { HolderAct } from "./zvt/state.ts";
import type { ZvtUnit } from "./zvt/unit.ts";

/** Open pages that are told of changes; more have to reload. */
const WATCHERS_MAX = 20;
/** Entries of the ledger that the page shows, newest first. */
const SHOWN_COUNT_MAX = 50;
/** Status enquiries that the maintenance of the button lasts. */
const MAINTENANCE_POLLS = 3;

/** A listening page server. */
export interface PageServer {
  readonly httpPort: number;
  close(): Promise<void>;
}

/** What the page shows and what its buttons do. */
export interface PageSubject {
  readonly unit: ZvtUnit;
  readonly acquirer: Acquirer;
  readonly link: ReaderLink;
  readonly onChange: (listener: () => void) => () => void;
}

/** Listens on loopback; `httpPort` 0 for any free port. */
export async function startPageServer(subject: PageSubject, httpPort: number): Promise<PageServer> {
  const buttons = buttonsOf(subject);
  const watchers = new Set<ServerResponse>();
  const tellAll = (): void => {
    for (const watcher of watchers) watcher.write("data: changed\n\n");
  };
  const stopListening = subject.onChange(tellAll);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const button = request.method === "POST" ? buttons.get(path) : undefined;
    if (button !== undefined && request.headers["x-virtual-reader"] === "button") {
      button().then(
        () => {
          tellAll();
          answer(response, 204, "text/plain", "");
        },
        () => answer(response, 500, "text/plain", "That did not work.\n"),
      );
    } else if (request.method !== "GET") answer(response, 405, "text/plain", "Only GET.\n");
    else if (path === "/") answer(response, 200, "text/html; charset=utf-8", PAGE_HTML);
    else if (path === "/reader.json") answer(response, 200, "application/json", readerJson(subject));
    else if (path === "/events") watch(response, watchers);
    else answer(response, 404, "text/plain", "No such page.\n");
  });
  const port = await listen(server, httpPort);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      stopListening();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { httpPort: port, close };
}

/** What /reader.json holds: the display, conditions, the ledger and the terminal's own turnovers, newest first. */
function readerJson({ unit, acquirer, link }: PageSubject): string {
  const { business, conditions, isCardIn, memory } = unit.state;
  const { pending, toReverse, mustCloseDay, maintenancePollsLeft } = memory;
  const turnovers = memory.turnovers.map(({ receipt, trace, kind, amountMinor, isOver }) => ({
    receipt,
    trace,
    kind,
    amountMinor,
    isOver,
  }));
  return JSON.stringify({
    terminalId: unit.terminalId,
    address: link.address,
    prompt: promptOf(unit.state),
    amountMinor: business?.amountMinor ?? null,
    kind: business?.kind ?? null,
    isOn: unit.isOn,
    isCableIn: link.isCableIn,
    isCardIn,
    isRegistered: memory.registration !== null,
    hostLine: unit.hostLine,
    plannedCut: unit.plannedCut,
    isWaiting: conditions.isWaiting,
    mustCloseDay,
    maintenancePollsLeft,
    pendingStage: pending?.stage ?? null,
    toReverseCount: toReverse.length,
    cards: CARDS.map((card) => ({ key: card.key, brand: card.brand, lastFour: lastFourOf(card) })),
    ledger: acquirer.list().toReversed().slice(0, SHOWN_COUNT_MAX),
    turnovers: turnovers.toReversed().slice(0, SHOWN_COUNT_MAX),
  });
}

type Button = () => Promise<void>;

function buttonsOf({ unit, link }: PageSubject): ReadonlyMap<string, Button> {
  const now =
    (press: () => void): Button =>
    async () => {
      await Promise.resolve();
      press();
    };
  const act = (holderAct: HolderAct): Button => now(() => unit.put({ kind: "holder", act: holderAct }));
  const cards = CARDS.flatMap(({ key }) =>
    (["contactless", "chip", "stripe"] as const).map(
      (technology) =>
        [`/button/card/${key}/${technology}`, act({ kind: "present", cardKey: key, technology })] as const,
    ),
  );
  return new Map<string, Button>([
    ...cards,
    ["/button/pin-right", act({ kind: "pin", isRight: true })],
    ["/button/pin-wrong", act({ kind: "pin", isRight: false })],
    ["/button/stop", act({ kind: "stop" })],
    ["/button/remove", act({ kind: "remove" })],
    ["/button/power-on", now(() => unit.powerOn())],
    [
      "/button/power-off",
      now(() => {
        unit.unplug();
        unit.powerOff();
      }),
    ],
    ["/button/power-before-result", now(() => unit.planCut("before_result"))],
    ["/button/power-after-result", now(() => unit.planCut("after_result"))],
    ["/button/cable-in", () => link.setCable(true)],
    ["/button/cable-out", () => link.setCable(false)],
    ["/button/host-up", now(() => unit.setHostLine("up"))],
    ["/button/host-down", now(() => unit.setHostLine("down"))],
    ["/button/host-silent", now(() => unit.setHostLine("silent"))],
    ["/button/ready", now(() => unit.put({ kind: "condition", condition: READY }))],
    ["/button/wait", now(() => unit.put({ kind: "condition", condition: { ...READY, isWaiting: true } }))],
    ["/button/close-day", now(() => unit.put({ kind: "condition", condition: { mustCloseDay: true } }))],
    [
      "/button/maintenance",
      now(() => unit.put({ kind: "condition", condition: { maintenancePollsLeft: MAINTENANCE_POLLS } })),
    ],
  ]);
}

const READY = { isWaiting: false, mustCloseDay: false, maintenancePollsLeft: 0 };

function watch(response: ServerResponse, watchers: Set<ServerResponse>): void {
  if (watchers.size >= WATCHERS_MAX) {
    answer(response, 503, "text/plain", "Too many pages are open.\n");
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 1000\n\n");
  watchers.add(response);
  response.on("close", () => watchers.delete(response));
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
