/*
 * The sheet and its panel. Without this file each figure is a plain link that loads the page with its panel.
 *
 * n and p (ui.js) put the focus on a figure; here it is opened. A second Enter on an open figure goes into its panel.
 */
(function () {
  "use strict";

  const ws = document.querySelector(".ws");
  if (!ws || !window.htmx) { return; }

  function link(number) { return ws.querySelector("a.fig[data-n='" + number + "']"); }

  /* The panel says which figure it is about; the sheet follows it. */
  function follow() {
    const panel = document.getElementById("panel");
    const number = panel.dataset.figure;
    Array.from(ws.querySelectorAll("a.fig.on")).forEach(function (one) {
      one.classList.remove("on");
      one.removeAttribute("aria-current");
    });
    ws.classList.toggle("sheet-up", Boolean(number));
    document.getElementById("said").textContent = panel.dataset.said || "";
    const figure = number && link(number);
    if (!figure) { return; }
    figure.classList.add("on");
    figure.setAttribute("aria-current", "true");
    figure.scrollIntoView({ block: "nearest" });
    const card = panel.querySelector(".finding.on");
    if (card) { panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 64; }
  }

  document.body.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id === "panel" || event.target.contains(document.getElementById("panel"))) { follow(); }
  });

  /* n and p leave the mark "at" on the figure they reach. */
  ws.addEventListener("focusin", function (event) {
    const figure = event.target;
    if (figure.matches("a.fig.at") && !figure.classList.contains("on")) { figure.click(); }
  });

  ws.addEventListener("click", function (event) {
    const step = event.target.closest("[data-figure-link]");
    if (step) {
      const figure = link(step.dataset.figureLink);
      if (figure) { event.preventDefault(); figure.focus({ preventScroll: true }); figure.click(); }
      return;
    }
    const close = event.target.closest("[data-panel-close]");
    if (close) {
      const figure = link(document.getElementById("panel").dataset.figure);
      if (figure) { figure.focus({ preventScroll: true }); }
    }
  });

  /* Ahead of htmx: what is open is not asked for again, and Enter (which has no detail) goes on into the panel. */
  ws.addEventListener("click", function (event) {
    const figure = event.target.closest("a.fig.on");
    if (!figure || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    event.stopPropagation();
    const heading = document.querySelector("#panel [tabindex]");
    if (event.detail === 0 && heading) { heading.focus(); }
  }, true);

  follow();
})();
