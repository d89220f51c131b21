// The files that a form is to publish: chosen or dropped, each with a name that can be changed first.

import { content, element, pageOf, size, text } from "./hub.js";
import { nameIn, SUFFIX, tellTaken } from "./names.js";

const ARCHIVE = /\.(?:(?:oci|docker)\.tar|oci|tar|tar\.gz|tgz|tar\.bz2|tbz2?|tar\.xz|txz|tar\.zst|tzst|flist)$/i;

/** The name that the hub would derive from that of a file, without the suffix of flists. */
function derived(file) {
  return file.normalize("NFKD").replace(/[^\x20-\x7e]/g, "").trim().replace(/[\s/]+/g, "_")
    .replace(/[^A-Za-z0-9_.-]/g, "").replace(/^[._]+|[._]+$/g, "").replace(ARCHIVE, "");
}

/** A file with its row. */
class Item {
  constructor(file, repository, number, remove) {
    this.file = file;
    this.state = "waiting";
    const id = `queued-${number}`;
    this.name = element("input", {
      id, className: "form-control font-monospace", value: derived(file.name), required: true, maxLength: 249,
      autocomplete: "off", spellcheck: false, autocapitalize: "none",
    });
    this.name.setAttribute("aria-describedby", `${id}-note`);
    this.note = element("p", { id: `${id}-note`, className: "form-text mb-0", textContent: "\u00a0" });
    this.button = element("button", { type: "button", className: "btn btn-sm btn-outline-secondary" }, text("script.remove"));
    this.button.setAttribute("aria-label", text("script.remove-item", file.name));
    this.button.addEventListener("click", () => remove(this));
    this.fields = element("div", {},
      element("div", { className: "input-group mt-2" },
        element("label", { className: "input-group-text", htmlFor: id }, text("script.flist-name")), this.name,
        element("span", { className: "input-group-text" }, SUFFIX)),
      this.note);
    this.row = element("li", { className: "list-group-item" },
      element("div", { className: "d-flex gap-2 align-items-center" },
        element("span", { className: "file me-auto" }, file.name),
        element("span", { className: "small text-body-secondary text-nowrap" }, size(file.size)), this.button),
      this.fields);
    this.look = tellTaken(this.name, this.note, repository, text("script.enter-name"));
    this.look();
  }

  typed() {
    return nameIn(this.name);
  }

  begin() {
    this.state = "running";
    this.button.hidden = true;
    this.name.readOnly = true;
    this.note.className = "form-text mb-0";
    this.note.textContent = text("script.uploading");
  }

  end(repository, name) {
    this.state = "done";
    this.fields.replaceChildren(element("p", { className: "mb-0 text-success-emphasis" },
      ...content("script.published", element("a", { href: pageOf(repository, name) }, `${repository}/${name}`))));
  }

  /** Makes it wait again; with the nodes of a reason, unless there are none. */
  fail(reason) {
    this.state = "waiting";
    this.button.hidden = false;
    this.name.readOnly = false;
    if (reason.length > 0) {
      this.note.className = "form-text mb-0 text-danger-emphasis";
      this.note.replaceChildren(...reason);
    } else {
      this.look();
    }
  }
}

export class Queue {
  items = [];
  added = 0;

  /** Takes over the choice of a file and its name in a form. */
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("[type=file]");
    this.list = form.querySelector("[data-queue]");
    const drop = form.querySelector("[data-drop]");
    const plain = form.querySelector("[data-name]");
    plain.hidden = true;
    plain.querySelector("input").disabled = true;
    drop.querySelector("[data-drop-hint]").hidden = false;
    this.input.multiple = true;
    this.input.addEventListener("change", () => {
      this.add(this.input.files);
      this.input.value = "";
    });
    this.dropping(drop);
  }

  dropping(drop) {
    const mark = (event, over) => {
      if (event.dataTransfer?.types.includes("Files")) {
        event.preventDefault();
        drop.classList.toggle("over", over);
      }
    };
    for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
      this.form.addEventListener(name, (event) => mark(event, over));
    }
    this.form.addEventListener("drop", (event) => this.add(event.dataTransfer.files));
  }

  add(files) {
    this.items.filter((item) => item.state === "done").forEach((item) => this.remove(item));
    for (const file of files) {
      const number = `${this.form.id}-${this.added++}`;
      const item = new Item(file, this.form.dataset.repository, number, (gone) => this.remove(gone));
      this.items.push(item);
      this.list.append(item.row);
    }
    this.show();
  }

  remove(item) {
    this.items = this.items.filter((each) => each !== item);
    item.row.remove();
    this.show();
    if (document.activeElement === document.body) {
      this.input.focus();
    }
  }

  show() {
    this.list.hidden = this.items.length === 0;
    this.input.required = this.waiting().length === 0;
  }

  waiting() {
    return this.items.filter((item) => item.state !== "done");
  }

  /** The fields of the form for one file. The name comes before the file, because the hub reads them in this order. */
  fields(item) {
    const sent = new FormData();
    for (const [name, value] of new FormData(this.form)) {
      if (!(value instanceof File)) {
        sent.append(name, value);
      }
    }
    sent.append("name", item.typed());
    sent.append("file", item.file, item.file.name);
    return sent;
  }
}
