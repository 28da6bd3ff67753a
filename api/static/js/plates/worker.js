// Keeps the field page for times without a network. Data is never kept here: the page keeps its own.
const VERSION = "%VERSION%";
const FILES = ["%FILES%"];
const PAGE = "/field/plates";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(`plates-${VERSION}`).then((cache) => cache.addAll([PAGE, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("plates-") && name !== `plates-${VERSION}`)
    .map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event.request));
  else if (FILES.includes(address.pathname)) event.respondWith(file(event.request));
});

// The server's page while it can be reached; a page that asks to log in is shown and not kept.
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await (await caches.open(`plates-${VERSION}`)).put(PAGE, answer.clone());
    return answer;
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
