// While a file is being made the list of files is fetched anew, the list alone: what is being filled in below stays.
const EVERY_MS = 2000;
const list = (from) => from.querySelector("#made");

async function renew() {
  try {
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    const fresh = answer.ok && list(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (fresh) list(document).replaceWith(fresh);
  } catch {
    // Away for a moment: asked again.
  }
  again();
}

function again() {
  if (list(document)?.querySelector("progress")) setTimeout(renew, EVERY_MS);
}

again();
