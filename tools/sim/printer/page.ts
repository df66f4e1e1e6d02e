/**
 * The page of the virtual printer: receipts as pictures, newest first, each sliding out of the slot as it
 * comes. One self-contained document; everything from outside is set as text or as an image's address.
 */

/** The whole document. */
export const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Virtual printer</title>
<style>
  :root { color-scheme: dark; font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; color: #e8e6e1;
    background: radial-gradient(120% 80% at 50% 0, #3a3f47 0, #23262b 60%, #191b1f 100%) fixed; }
  header { position: sticky; top: 0; z-index: 2; background: #16181c; border-bottom: 1px solid #000;
    box-shadow: 0 10px 24px #0009; }
  .bar { display: flex; gap: 20px; align-items: center; max-width: 1240px; margin: 0 auto; padding: 14px 24px; }
  h1 { font-size: 17px; font-weight: 600; margin: 0; flex: 1; letter-spacing: .01em; }
  .lamp { display: inline-block; width: 9px; height: 9px; border-radius: 50%; background: #56d364;
    box-shadow: 0 0 8px #56d364; margin-right: 10px; }
  .lamp.off { background: #f0883e; box-shadow: 0 0 8px #f0883e; }
  .count { font-size: 14px; color: #b4b2ab; font-variant-numeric: tabular-nums; }
  .count b { color: #fff; font-weight: 600; font-size: 16px; margin-left: 5px; }
  .count.hit { animation: hit 1s; }
  .panel { display: flex; flex-wrap: wrap; gap: 8px 18px; max-width: 1240px; margin: 0 auto; padding: 0 24px 14px;
    font-size: 13px; color: #b4b2ab; }
  .panel div { display: flex; gap: 6px; align-items: center; }
  .panel span { min-width: 3.2em; }
  .panel button { font: inherit; min-height: 32px; padding: 0 12px; border-radius: 7px; cursor: pointer;
    color: #e8e6e1; background: #2b2f36; border: 1px solid #444a53; }
  .panel button:hover { background: #383d46; }
  .panel button[aria-pressed=true] { background: #f0883e; border-color: #f0883e; color: #16181c; font-weight: 600; }
  .panel output { margin-left: auto; font-variant-numeric: tabular-nums; align-self: center; }
  .slot { height: 10px; max-width: 1192px; margin: 0 auto -1px; border-radius: 8px 8px 0 0;
    background: linear-gradient(#08090a, #000); box-shadow: inset 0 2px 4px #000; }
  main { display: flex; flex-wrap: wrap; gap: 34px 40px; align-items: flex-start; justify-content: center;
    max-width: 1240px; margin: 0 auto; padding: 0 24px 60px; overflow: hidden; }
  figure { margin: 0; }
  figure img { display: block; filter: drop-shadow(0 14px 18px #000a); }
  figure.new img { animation: feed .9s cubic-bezier(.2,.7,.3,1); }
  figcaption { font-size: 12px; color: #b4b2ab; text-align: center; padding-top: 10px; max-width: 440px; }
  figcaption em { color: #f0883e; font-style: normal; }
  .empty { color: #9a988f; padding: 18vh 0; text-align: center; line-height: 1.7; }
  @keyframes feed { from { transform: translateY(-100%); } }
  @keyframes hit { 20% { color: #ffd866; transform: scale(1.12); } }
  @media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
</style>
</head>
<body>
<header>
  <div class="bar">
    <h1><span class="lamp" id="lamp"></span>Virtual printer</h1>
    <span class="count">Receipts<b id="receipts">0</b></span>
    <span class="count" id="drawer">Drawer opened<b id="opened">0</b></span>
  </div>
  <div class="panel" id="panel"></div>
  <div class="slot"></div>
</header>
<main id="paper"><p class="empty" id="empty">Nothing printed yet.<br>Receipts appear here as they come out.</p></main>
<script>
"use strict";
const byId = (id) => document.getElementById(id);
const shown = new Map();
let isFirst = true;

// Label, then for each button: text, path, and which state of the device it is (pressed when it is that).
const groups = [
  ["Paper", ["New roll", "roll-new"], ["Near its end", "roll-low", (d) => d.condition.paper === "near_end"],
    ["Out", "roll-out", (d) => d.condition.paper === "out"], ["Out in 10 lines", "roll-last-lines"]],
  ["Cover", ["Close", "cover-close"], ["Open", "cover-open", (d) => d.condition.cover === "open"]],
  ["Cutter", ["Free", "cutter-free"], ["Jam", "cutter-jam", (d) => d.condition.cutter === "jammed"]],
  ["Cable", ["In", "cable-in"], ["Out", "cable-out", (d) => d.plug === "unplugged"], ["Out in 400 bytes", "cable-soon"]],
  ["Power", ["On", "power-on"], ["Off", "power-off", (d) => d.plug === "off"], ["Off in 400 bytes", "power-soon"]],
  ["", ["Tear off", "tear-off"]],
];
const pressed = [];
for (const [label, ...buttons] of groups) {
  const group = document.createElement("div");
  const name = document.createElement("span");
  name.textContent = label;
  if (label !== "") group.append(name);
  for (const [text, path, isPressed] of buttons) {
    const button = document.createElement("button");
    button.textContent = text;
    button.onclick = () => fetch("/button/" + path, { method: "POST", headers: { "x-virtual-printer": "button" } });
    if (isPressed) pressed.push([button, isPressed]);
    group.append(button);
  }
  byId("panel").append(group);
}
const account = document.createElement("output");
byId("panel").append(account);

function showDevice(device) {
  for (const [button, isPressed] of pressed) button.setAttribute("aria-pressed", isPressed(device));
  const { receivedBytes, carriedOutBytes, heldBytes, lostBytes } = device.account;
  account.textContent = receivedBytes + " bytes came: " + carriedOutBytes + " done, " + heldBytes + " held, " +
    lostBytes + " lost; " + device.hangingLineCount + " lines hang out";
}

function figureOf(receipt) {
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  image.src = "/receipt/" + receipt.number + ".svg";
  image.width = Math.round((receipt.columnCount * 12 + 64) * 0.62);
  image.alt = receipt.lines.join("\\n");
  const caption = document.createElement("figcaption");
  caption.textContent = "No. " + receipt.number;
  const remarks = [...receipt.marks];
  if (receipt.endedBy === "torn") remarks.push("torn off");
  if (receipt.endedBy === "length") remarks.push("too long, cut");
  if (receipt.notShown.length > 0) remarks.push("not shown: " + receipt.notShown.join(", "));
  for (const remark of remarks) {
    const mark = document.createElement("em");
    mark.textContent = " \\u00b7 " + remark;
    caption.append(mark);
  }
  figure.append(image, caption);
  if (!isFirst) figure.className = "new";
  return figure;
}

async function refresh() {
  const state = await (await fetch("/receipts.json")).json();
  showDevice(state.device);
  const numbers = new Set(state.receipts.map((receipt) => receipt.number));
  for (const [number, figure] of shown) if (!numbers.has(number)) { figure.remove(); shown.delete(number); }
  for (const receipt of [...state.receipts].reverse()) {
    if (shown.has(receipt.number)) continue;
    const figure = figureOf(receipt);
    shown.set(receipt.number, figure);
    byId("paper").prepend(figure);
  }
  byId("empty").hidden = shown.size > 0;
  byId("receipts").textContent = state.receipts.length === 0 ? 0 : state.receipts[0].number;
  if (byId("opened").textContent !== String(state.drawerCount)) {
    byId("opened").textContent = state.drawerCount;
    byId("drawer").classList.remove("hit");
    void byId("drawer").offsetWidth;
    if (!isFirst) byId("drawer").classList.add("hit");
  }
  isFirst = false;
}

let running = Promise.resolve();
const refreshInTurn = () => { running = running.then(refresh).catch(() => {}); };
const events = new EventSource("/events");
events.onmessage = refreshInTurn;
events.onopen = () => {
  byId("lamp").classList.remove("off");
  // Numbers begin again with a new printer: forget what an earlier one printed.
  for (const figure of shown.values()) figure.remove();
  shown.clear();
  isFirst = true;
  refreshInTurn();
};
events.onerror = () => byId("lamp").classList.add("off");
</script>
</body>
</html>
`;
