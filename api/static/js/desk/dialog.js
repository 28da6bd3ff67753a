// One way to make a dialog: a title, what is in it, a button that closes.
export function dialog(title, content) {
  const made = document.createElement("dialog");
  made.className = "desk-dialog";
  const head = document.createElement("h2");
  head.textContent = title;
  head.id = `dialog-${title}`;
  made.setAttribute("aria-labelledby", head.id);
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.className = "btn";
  close.textContent = "关闭";
  form.append(close);
  made.append(head, content, form);
  document.body.append(made);
  return made;
}
