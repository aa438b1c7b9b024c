// Loads the page again after a rebuild; says in a panel what is wrong after one that failed. Served by `serve` only.
(() => {
  "use strict";
  const shown = Number(document.currentScript.dataset.version);
  let panel = null;

  function show(problems) {
    if (panel) panel.remove();
    panel = null;
    if (!problems) return;
    console.warn(problems);
    panel = document.createElement("section");
    panel.setAttribute("role", "alert");
    panel.lang = "fr";
    const title = document.createElement("strong");
    title.textContent = "La dernière modification n’a pas pu être publiée\u202f: la page montre l’état précédent.";
    const text = document.createElement("pre");
    text.textContent = problems;
    panel.append(title, text);
    Object.assign(panel.style, {
      position: "fixed", inset: "auto 0 0 0", zIndex: "2147483647", maxHeight: "50vh", overflow: "auto",
      padding: "1rem", background: "#fff8f0", color: "#22282d", borderTop: "4px solid #b3261e", font: "1rem/1.4 system-ui, sans-serif",
    });
    Object.assign(text.style, { whiteSpace: "pre-wrap", font: "0.875rem/1.5 ui-monospace, monospace", margin: "0.5rem 0 0", color: "inherit", background: "none" });
    document.body.append(panel);
  }

  const source = new EventSource("/_apercu/evenements");
  source.addEventListener("message", (message) => {
    const state = JSON.parse(message.data);
    if (state.version !== shown) {
      source.close();
      location.reload();
    } else {
      show(state.problems);
    }
  });
  // An open stream would keep the browser from putting the page in its back-forward cache.
  addEventListener("pagehide", () => source.close());
})();
