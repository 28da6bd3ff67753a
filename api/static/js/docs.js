// The page of the interface: a question is asked on the page itself, and samples can be copied.
const form = document.getElementById("try");
const out = document.getElementById("try-answer");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const path = form.elements.path.value;
  const address = `${path}?${new URLSearchParams({ q: form.elements.q.value })}`;
  out.hidden = false;
  out.textContent = "正在查询……";
  const began = performance.now();
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    const body = await answer.json();
    const spent = Math.round(performance.now() - began);
    out.textContent = `GET ${decodeURIComponent(address)}\n${answer.status}，${spent} 毫秒\n\n${JSON.stringify(body, null, 2)}`;
  } catch {
    out.textContent = "没有得到回答。请检查网络后再试。";
  }
});

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "已复制";
  });
});
