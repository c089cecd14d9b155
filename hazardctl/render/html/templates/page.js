"use strict";
for (const box of document.querySelectorAll("input[data-rows]")) {
  const rows = [...document.querySelectorAll(box.dataset.rows)].map((row) => [row, row.textContent.toLowerCase()]);
  const told = box.parentElement.querySelector("output");
  box.parentElement.hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    told.textContent = words.length ? told.dataset.said.replace("{n}", shown) : "";
  });
}
const reveal = () => {
  let at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const aim = at;
  for (; at; at = at.parentElement) if (at.tagName === "DETAILS") { at.open = true; at.hidden = false; }
  if (aim) aim.scrollIntoView();
};
addEventListener("hashchange", reveal);
if (location.hash) reveal();
