/**
 * The page of the virtual card reader: its display, a drawer of cards to tap or insert, the ways to break
 * it, and the acquirer's ledger beside its own memory. One self-contained document; everything from
 * outside is set as text.
 */

/** The whole document. */
export const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Virtual card reader</title>
<style>
  :root { color-scheme: dark; font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; color: #e8e6e1;
    background: radial-gradient(120% 80% at 50% 0, #3a3f47 0, #23262b 60%, #191b1f 100%) fixed; }
  main { display: flex; flex-wrap: wrap; gap: 36px; max-width: 1240px; margin: 0 auto; padding: 32px 24px 60px;
    align-items: flex-start; justify-content: center; }
  .device { width: 300px; padding: 18px; border-radius: 26px; background: linear-gradient(#30343b, #1d2025);
    border: 1px solid #0006; box-shadow: 0 24px 40px #000a, inset 0 1px 0 #fff2; }
  .glass { height: 190px; border-radius: 12px; padding: 18px; background: #0c1a12; color: #b9f5c8; display: flex;
    flex-direction: column; justify-content: center; text-align: center; gap: 8px; box-shadow: inset 0 2px 10px #000; }
  .glass.off { background: #0a0b0c; color: #333; }
  .glass b { font-size: 30px; font-variant-numeric: tabular-nums; }
  .glass span { font-size: 17px; }
  .glass small { color: #7fb08d; font-variant-numeric: tabular-nums; }
  .keys { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 14px; }
  button { font: inherit; font-size: 14px; min-height: 40px; padding: 0 12px; border-radius: 8px; cursor: pointer;
    color: #e8e6e1; background: #2b2f36; border: 1px solid #444a53; }
  button:hover { background: #383d46; }
  button[aria-pressed=true] { background: #f0883e; border-color: #f0883e; color: #16181c; font-weight: 600; }
  .keys .stop { background: #6b2320; border-color: #93312c; }
  .keys .right { background: #1f5a33; border-color: #2c7c46; }
  section { flex: 1 1 460px; min-width: 300px; }
  h1 { font-size: 17px; font-weight: 600; margin: 0 0 4px; }
  h2 { font-size: 13px; font-weight: 600; color: #b4b2ab; margin: 26px 0 10px; }
  p { margin: 0; font-size: 13px; color: #b4b2ab; }
  .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 12px; }
  .card { padding: 14px; border-radius: 12px; background: linear-gradient(135deg, #46505f, #2a3038);
    border: 1px solid #0005; }
  .card b { display: block; font-size: 14px; }
  .card span { font-size: 12px; color: #c9c6bd; font-variant-numeric: tabular-nums; }
  .card div { display: flex; gap: 6px; margin-top: 10px; }
  .card button { flex: 1; min-height: 34px; padding: 0 4px; font-size: 13px; background: #0003; border-color: #fff3; }
  .rows div { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 8px; font-size: 13px; }
  .rows span { min-width: 5.5em; color: #b4b2ab; }
  .rows button { min-height: 34px; font-size: 13px; }
  table { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
  th { text-align: left; font-weight: 500; color: #b4b2ab; padding: 4px 10px 4px 0; }
  td { padding: 5px 10px 5px 0; border-top: 1px solid #fff1; }
  .number { text-align: right; }
  .reversed td { color: #8a8780; text-decoration: line-through; }
  .reversed td.plain { text-decoration: none; }
</style>
</head>
<body>
<main>
  <div class="device">
    <div class="glass" id="glass"><small id="kind"></small><b id="amount"></b><span id="prompt"></span>
      <small id="terminal"></small></div>
    <div class="keys">
      <button class="right" data-press="pin-right">Right PIN</button><button data-press="pin-wrong">Wrong PIN</button>
      <button class="stop" data-press="stop">Stop</button><button data-press="remove">Remove card</button>
    </div>
  </div>
  <section>
    <h1>Virtual card reader</h1><p id="address"></p>
    <h2>Cards</h2><div class="cards" id="cards"></div>
    <h2>What goes wrong</h2><div class="rows" id="rows"></div>
    <h2>The acquirer's ledger: what card holders really paid</h2>
    <table><thead><tr><th>No.</th><th>What</th><th>Card</th><th class="number">Amount</th><th>State</th></tr></thead>
      <tbody id="ledger"></tbody></table>
    <h2>The reader's own memory</h2>
    <table><thead><tr><th>Receipt</th><th>Trace</th><th>What</th><th class="number">Amount</th><th>State</th></tr></thead>
      <tbody id="turnovers"></tbody></table>
  </section>
</main>
<script>
"use strict";
const byId = (id) => document.getElementById(id);
const press = (name) => fetch("/button/" + name, { method: "POST", headers: { "x-virtual-reader": "button" } });
for (const button of document.querySelectorAll("[data-press]")) button.onclick = () => press(button.dataset.press);

const prompts = { off: "", ready: "Ready", present_card: "Tap, insert or swipe a card", enter_pin: "Enter PIN",
  wait: "Please wait", remove_card: "Remove your card" };
// Label, then for each button: text, path, and when it is pressed.
const rows = [
  ["Power", ["On", "power-on"], ["Off", "power-off", (r) => !r.isOn],
    ["Off as the result leaves", "power-before-result", (r) => r.plannedCut === "before_result"],
    ["Off when it has left", "power-after-result", (r) => r.plannedCut === "after_result"]],
  ["Cable", ["In", "cable-in"], ["Out", "cable-out", (r) => !r.isCableIn]],
  ["Its host", ["Up", "host-up"], ["Down", "host-down", (r) => r.hostLine === "down"],
    ["Hears, does not answer", "host-silent", (r) => r.hostLine === "silent"]],
  ["State", ["Ready", "ready"], ["Busy (9C)", "wait", (r) => r.isWaiting],
    ["Day not closed (F0)", "close-day", (r) => r.mustCloseDay],
    ["Maintenance (E0)", "maintenance", (r) => r.maintenancePollsLeft > 0]],
];
const pressed = [];
for (const [label, ...buttons] of rows) {
  const row = document.createElement("div");
  const name = document.createElement("span");
  name.textContent = label;
  row.append(name);
  for (const [text, path, isPressed] of buttons) {
    const button = document.createElement("button");
    button.textContent = text;
    button.onclick = () => press(path);
    if (isPressed) pressed.push([button, isPressed]);
    row.append(button);
  }
  byId("rows").append(row);
}

function showCards(cards) {
  if (byId("cards").childElementCount === cards.length) return;
  byId("cards").replaceChildren(...cards.map((card) => {
    const figure = document.createElement("div");
    figure.className = "card";
    const [brand, number, row] = ["b", "span", "div"].map((tag) => document.createElement(tag));
    brand.textContent = card.brand;
    number.textContent = "\\u2022\\u2022\\u2022\\u2022 " + card.lastFour + " \\u00b7 " + card.key.replaceAll("_", " ");
    for (const [text, way] of [["Tap", "contactless"], ["Insert", "chip"], ["Swipe", "stripe"]]) {
      const button = document.createElement("button");
      button.textContent = text;
      button.onclick = () => press("card/" + card.key + "/" + way);
      row.append(button);
    }
    figure.append(brand, number, row);
    return figure;
  }));
}

const money = (minor) => (minor / 100).toFixed(2);
function rowOf(cells, isOver) {
  const row = document.createElement("tr");
  if (isOver) row.className = "reversed";
  cells.forEach((text, index) => {
    const cell = document.createElement("td");
    cell.textContent = text;
    if (index === 3) cell.className = "number";
    if (index === 4) cell.className = "plain";
    row.append(cell);
  });
  return row;
}

async function refresh() {
  const reader = await (await fetch("/reader.json")).json();
  byId("glass").className = reader.isOn ? "glass" : "glass off";
  byId("prompt").textContent = prompts[reader.prompt];
  byId("amount").textContent = reader.amountMinor ? money(reader.amountMinor) : "";
  byId("kind").textContent = reader.kind === null ? "" : reader.kind.replaceAll("_", " ");
  byId("terminal").textContent = reader.isOn ? "ID " + reader.terminalId : "";
  byId("address").textContent = "Tills reach it at " + reader.address +
    (reader.isRegistered ? "" : "; no till has registered") +
    (reader.toReverseCount > 0 ? "; " + reader.toReverseCount + " still to be taken back" : "");
  for (const [button, isPressed] of pressed) button.setAttribute("aria-pressed", isPressed(reader));
  showCards(reader.cards);
  byId("ledger").replaceChildren(...reader.ledger.map((its) => rowOf([its.id, its.kind,
    its.card.brand + " " + its.card.lastFour, money(its.amountMinor) + " " + its.currency,
    its.state + (its.reason === "" ? "" : ": " + its.reason)], its.state === "reversed")));
  byId("turnovers").replaceChildren(...reader.turnovers.map((its) => rowOf([its.receipt, its.trace, its.kind,
    money(its.amountMinor), its.isOver ? "over" : ""], its.isOver)));
}
let running = Promise.resolve();
const refreshInTurn = () => { running = running.then(refresh).catch(() => {}); };
const events = new EventSource("/events");
events.onmessage = refreshInTurn;
events.onopen = refreshInTurn;
</script>
</body>
</html>
`;
