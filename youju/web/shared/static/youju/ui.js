/*
 * Small comforts. Every page reads and submits without this file.
 *
 * Keys: Ctrl K 找 · c 记一次 · j/k rows · n/p figures or findings · Enter open · Esc close · ? help. None while a field has the focus or
 * while a modifier is held, and all single keys can be turned off (WCAG 2.1.4).
 */
(function () {
  "use strict";

  const root = document.documentElement;
  const body = document.body;
  root.classList.add("js");

  /* ── Keeping small choices of this browser ── */

  const KEYS_OFF = "youju-keys-off";
  function keysAreOff() {
    try { return localStorage.getItem(KEYS_OFF) === "1"; } catch (error) { return false; }
  }
  function turnKeys(off) {
    try { off ? localStorage.setItem(KEYS_OFF, "1") : localStorage.removeItem(KEYS_OFF); } catch (error) { /* private window */ }
  }

  /* ── Focus: the error summary of a form that came back, and what htmx brought when it asks for it ── */

  function focusErrors(where) {
    const summary = where.querySelector("[data-errors]");
    if (summary) { summary.focus(); }
  }
  focusErrors(document);
  body.addEventListener("htmx:afterSwap", function (event) {
    focusErrors(event.target);
    const heading = event.target.querySelector("[data-focus]");
    if (heading) { heading.focus({ preventScroll: false }); }
  });
  /* A form sent by htmx that comes back with faults (422) is shown, not dropped. */
  body.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  /* ── Toasts ── */

  body.addEventListener("click", function (event) {
    const close = event.target.closest("[data-close]");
    if (close) { close.closest(".toast").remove(); }
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) { dismiss.closest("dialog").close(); }
    if (event.target.closest("[data-print]")) { window.print(); }
    const off = event.target.closest("[data-keys-off]");
    if (off) { turnKeys(!keysAreOff()); nameKeysButton(); }
  });

  /* ── Keys ── */

  const help = document.getElementById("keys");
  function nameKeysButton() {
    const button = help && help.querySelector("[data-keys-off]");
    if (button) { button.textContent = keysAreOff() ? "开启单键操作" : "关闭单键操作"; }
  }
  nameKeysButton();

  function typing(element) {
    return element && (element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName));
  }
  /* Of a row that is wider than the screen, the tab one is in stands in sight. */
  Array.from(document.querySelectorAll(".tabs > [aria-current]")).forEach(function (one) {
    const row = one.parentElement;
    const from = one.getBoundingClientRect().left - row.getBoundingClientRect().left;
    row.scrollLeft += from - (row.clientWidth - one.offsetWidth) / 2;
  });
  const ROWS = "[data-rows] > li, tbody[data-rows] > tr";
  /* Where a text is stepped through, its cards come along by themselves. */
  const STEPS = document.querySelector("[data-steps]");
  const STOPS = STEPS ? "[data-steps] a.fig" : "[data-stop], a.fig, .finding";

  function step(selector, by, mark) {
    const all = Array.from(document.querySelectorAll(selector)).filter(function (one) { return one.offsetParent !== null; });
    if (!all.length) { return; }
    let at = all.findIndex(function (one) { return one.classList.contains(mark); });
    if (at < 0) { at = all.findIndex(function (one) { return one.contains(document.activeElement); }); }
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    all.forEach(function (one) { one.classList.remove(mark); });
    next.classList.add(mark);
    const target = next.matches("a, button") ? next : next.querySelector("a, button") || next;
    if (target === next && !next.matches("a, button")) { next.setAttribute("tabindex", "-1"); }
    target.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  /* The card of the place one stands at: opened, marked, and moved to where the panel shows it. The page itself stays. */
  function follow(event) {
    const place = event.target.closest && event.target.closest("a.fig");
    const card = place && document.getElementById(place.hash.slice(1));
    if (!card) { return; }
    const group = card.closest("details:not([open])");
    if (group) { group.open = true; }
    Array.from(document.querySelectorAll(".finding.on")).forEach(function (one) { one.classList.remove("on"); });
    card.classList.add("on");
    const panel = card.closest(".pv");
    panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 16;
  }
  if (STEPS) { STEPS.addEventListener("focusin", follow); }

  function escape() {
    const panel = document.querySelector("[data-panel-close]");
    if (panel) { panel.click(); }
  }

  /* ── 找: Ctrl K, or the link that otherwise leads to the page of the same name ── */

  const palette = document.getElementById("palette");
  function find() {
    if (!palette || !palette.showModal || document.querySelector("dialog[open]")) { return false; }
    palette.showModal();
    const box = palette.querySelector("input");
    box.focus();
    box.select();
    return true;
  }
  function hits() { return Array.from(palette.querySelectorAll("[data-hit]")); }
  function choose(by) {
    const all = hits();
    if (!all.length) { return; }
    const at = all.indexOf(document.activeElement);
    const next = at + by;
    if (at >= 0 && next < 0) { palette.querySelector("input").focus(); return; }
    all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, next)].focus();
  }
  if (palette) {
    palette.addEventListener("keydown", function (event) {
      if (event.isComposing) { return; }
      if (event.key === "ArrowDown") { event.preventDefault(); choose(1); }
      if (event.key === "ArrowUp") { event.preventDefault(); choose(-1); }
      /* Enter in the box opens the first hit; with none it asks for the page of 找. */
      if (event.key === "Enter" && event.target.matches("input")) {
        const first = hits()[0];
        if (first) { event.preventDefault(); first.click(); }
      }
    });
    palette.addEventListener("click", function (event) { if (event.target === palette) { palette.close(); } });
    document.addEventListener("keydown", function (event) {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        if (find()) { event.preventDefault(); }
      }
    });
    body.addEventListener("click", function (event) {
      if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey && find()) { event.preventDefault(); }
    });
  }

  const SINGLE = {
    c: function () { if (body.dataset.record) { window.location.assign(body.dataset.record); } },
    j: function () { step(ROWS, 1, "at"); },
    k: function () { step(ROWS, -1, "at"); },
    n: function () { step(STOPS, 1, "at"); },
    p: function () { step(STOPS, -1, "at"); },
    "?": function () { if (help && help.showModal) { help.showModal(); } },
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) { return; }
    if (event.key === "Escape") { escape(); return; }
    if (typing(event.target)) { return; }
    const act = SINGLE[event.key];
    if (act && (event.key === "?" || !keysAreOff())) { event.preventDefault(); act(); }
  });

  /* ── Files: dropped on a zone of this page, or anywhere to be audited ── */

  const zones = Array.from(document.querySelectorAll("[data-drop]"));
  zones.forEach(function (zone) {
    const input = zone.querySelector("input[type=file]");
    ["dragenter", "dragover"].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      zone.addEventListener(name, function () { zone.classList.remove("over"); });
    });
    zone.addEventListener("drop", function (event) {
      event.preventDefault();
      event.stopPropagation();
      take(input, event.dataTransfer.files);
    });
  });

  function take(input, files) {
    if (!files || !files.length) { return; }
    input.files = files;
    const form = input.form;
    if (form && input.hasAttribute("data-submit")) {
      form.requestSubmit ? form.requestSubmit() : form.submit();
    } else {
      input.focus();
    }
  }

  function carriesFiles(event) {
    return event.dataTransfer && Array.from(event.dataTransfer.types || []).indexOf("Files") >= 0;
  }
  let depth = 0;
  function settle() { depth = 0; body.classList.remove("dropping"); body.removeAttribute("data-dropping"); }
  const auditZone = document.querySelector("[data-drop] input[data-audit]");
  /* A file cannot travel to another page by itself: where this page has no audit form, one is made and sent. */
  const auditUrl = body.dataset.audit;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");

  if (auditUrl && token) {
    document.addEventListener("dragenter", function (event) {
      if (!carriesFiles(event)) { return; }
      depth += 1;
      if (!zones.length) { body.classList.add("dropping"); }
    });
    document.addEventListener("dragleave", function () { depth -= 1; if (depth <= 0) { settle(); } });
    document.addEventListener("dragover", function (event) { if (carriesFiles(event)) { event.preventDefault(); } });
    document.addEventListener("drop", function (event) {
      if (!carriesFiles(event)) { return; }
      event.preventDefault();
      settle();
      if (auditZone) { take(auditZone, event.dataTransfer.files); return; }
      if (!zones.length) { sendToAudit(event.dataTransfer.files); }
    });
  }

  function sendToAudit(files) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = auditUrl;
    form.enctype = "multipart/form-data";
    form.hidden = true;
    const input = document.createElement("input");
    input.type = "file";
    input.name = "file";
    form.append(token.cloneNode(), input);
    body.append(form);
    input.files = files;
    form.submit();
  }

  /* ── Roster: the count follows the selects; the row of who is not there changes its edge ── */

  Array.from(document.querySelectorAll("[data-roster]")).forEach(function (roster) {
    const tally = document.querySelector(roster.dataset.roster);
    function follow() {
      const count = {};
      Array.from(roster.querySelectorAll("select[data-status]")).forEach(function (select) {
        const value = select.value;
        count[value] = (count[value] || 0) + 1;
        select.closest("li").classList.toggle("off", value !== "present" && value !== "late");
      });
      if (!tally) { return; }
      Array.from(tally.querySelectorAll("[data-count]")).forEach(function (place) {
        place.textContent = place.dataset.count.split(" ").reduce(function (sum, name) { return sum + (count[name] || 0); }, 0);
      });
    }
    roster.addEventListener("change", follow);
    follow();
  });
})();
