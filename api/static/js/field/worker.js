// The service worker: keeps the files of the field pages, so that they open without a network. It keeps no data: what the
// server tells about markers goes sealed into the pages' own store. KEPT is put before this file by the server.
const NAME = `field-${KEPT.version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(NAME)
      .then((cache) => cache.addAll(KEPT.files.map((path) => new Request(path, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((n) => n.startsWith("field-") && n !== NAME).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (KEPT.files.includes(url.pathname)) event.respondWith(kept(event.request, url.pathname));
});

async function kept(request, path) {
  const cache = await caches.open(NAME);
  return (await cache.match(path, { ignoreVary: true, ignoreSearch: true })) ?? fetch(request);
}
