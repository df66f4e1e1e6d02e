/**
 * The page of the simulated scale: its display, goods to put on, and what goes wrong. One self-contained
 * document; everything from outside is set as text.
 */

/** The whole document. */
export const SCALE_PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Virtual scale</title>
<style>
  :root { color-scheme: dark; font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; color: #e8e6e1;
    background: radial-gradient(120% 80% at 50% 0, #3a3f47 0, #23262b 60%, #191b1f 100%) fixed; }
  main { width: min(440px, 94vw); }
  .plate { height: 16px; border-radius: 8px; background: linear-gradient(#cfd3da, #888f99);
    transition: transform .2s; }
  .moving .plate { animation: shake .12s infinite alternate; }
  .body { margin: 0 22px; padding: 18px; border-radius: 0 0 16px 16px; background: #2b2f36; }
  output { display: block; padding: 12px 16px; border-radius: 8px; background: #0c1410; color: #6cf09a;
    font: 600 40px ui-monospace, monospace; text-align: right; font-variant-numeric: tabular-nums; }
  .off output { color: #25382c; }
  small { display: flex; justify-content: space-between; padding: 8px 2px 0; color: #b4b2ab; min-height: 20px; }
  section { display: flex; flex-wrap: wrap; gap: 8px; padding: 14px 0 0; }
  button, input { font: inherit; min-height: 40px; padding: 0 14px; border-radius: 8px; color: #e8e6e1;
    background: #383d46; border: 1px solid #4d545e; }
  button { cursor: pointer; } button:hover { background: #454b55; }
  input { width: 7em; }
  @keyframes shake { to { transform: translateY(2px); } }
</style>
</head>
<body>
<main id="scale">
  <div class="plate"></div>
  <div class="body">
    <output id="shown">00.000</output>
    <small><span id="tare"></span><span id="state"></span></small>
    <section id="goods"></section>
    <section><input id="grams" type="number" min="0" max="60000" value="1234" aria-label="grams">
      <button id="put">Put on</button><button data-press="take-off">Take off</button></section>
    <section>
      <button data-press="zero">Zero</button><button data-press="tare">Tare</button>
      <button data-press="clear-tare">Clear tare</button>
    </section>
    <section>
      <button data-press="shake">Shake</button><button data-press="still">Let go</button>
      <button data-press="lift">Lift the plate</button><button data-press="off">Switch off</button>
      <button data-press="on">Switch on</button><button data-press="restart">Restart</button>
    </section>
  </div>
</main>
<script>
  const at = (id) => document.getElementById(id);
  const press = (name) => fetch("/button/" + name, { method: "POST", headers: { "x-virtual-scale": "button" } }).then(look);
  for (const [name, grams] of [["Apples", 755], ["Potatoes", 2480], ["Saffron", 2], ["A whole ham", 16200]]) {
    const button = document.createElement("button");
    button.textContent = name;
    button.onclick = () => press("put/" + grams);
    at("goods").append(button);
  }
  at("put").onclick = () => press("put/" + Math.trunc(Number(at("grams").value)));
  for (const button of document.querySelectorAll("[data-press]")) button.onclick = () => press(button.dataset.press);
  async function look() {
    const face = await (await fetch("/scale.json")).json();
    at("shown").textContent = face.isSilent ? "" : face.shown;
    at("tare").textContent = face.tareGrams > 0 ? "NET, tare " + face.tareGrams + " g" : "";
    at("state").textContent = face.isSilent ? "off" : face.isMoving ? "moving" : "stable";
    at("scale").className = (face.isMoving ? "moving " : "") + (face.isSilent ? "off" : "");
  }
  setInterval(look, 250);
  look();
</script>
</body>
</html>
`;
