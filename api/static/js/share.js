// Copying the standard address and passing on the permanent link.
export function shareButtons(within) {
  for (const button of within.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => say(button, await copied(button.dataset.copy), "已复制"));
  }
  for (const link of within.querySelectorAll("[data-share]")) {
    const button = document.createElement("button");
    button.className = "btn";
    button.type = "button";
    button.textContent = "分享";
    link.before(button);
    button.addEventListener("click", () => share(button, new URL(link.dataset.share, location.href).href));
  }
}

async function share(button, address) {
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    await navigator.share({ url: address }).catch(() => {});
    return;
  }
  say(button, await copied(address), "链接已复制");
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedTheOldWay(text);
  }
}

// The clipboard needs HTTPS; an office network often has none.
function copiedTheOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

function say(button, done, words) {
  const before = button.dataset.words ?? button.textContent;
  button.dataset.words = before;
  button.textContent = done ? words : "未能复制，请手动选取";
  const status = button.parentElement.querySelector("[data-said]");
  if (status) status.textContent = button.textContent;
  setTimeout(() => {
    button.textContent = before;
  }, 2500);
}
