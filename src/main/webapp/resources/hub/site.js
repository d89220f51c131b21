// Copy buttons, suggestions and closing of menus, on every page. Pages also work without JavaScript.

import { text } from "./hub.js";
import "./suggest.js";

async function copy(button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
    button.textContent = text("script.copied");
  } catch {
    getSelection().selectAllChildren(button.parentElement.querySelector("code"));
    button.textContent = text("script.selected");
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.dropdown[open]")) {
    if (!except || !menu.contains(except)) {
      menu.open = false;
    }
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) {
    copy(button);
  }
  closeMenus(event.target);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.activeElement?.closest("details.dropdown[open]");
    closeMenus();
    menu?.querySelector("summary").focus();
  }
});
