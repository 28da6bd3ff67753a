// Bringing everything in and learning what changed elsewhere. It can stop anywhere and be begun again.
import { ask, clock, LoginNeeded, Refused, whoAmI } from "./net.js";
import { sendPhoto } from "./photos.js";

const BATCH = 20;

export class OtherAccount extends Error {
  constructor(owner) {
    super(`设备上的数据属于账号“${owner}”，请用这个账号登录后同步。`);
  }
}

export async function synchronise(store, outbox, told = () => {}) {
  const me = await whoAmI();
  if (me.kind !== "account") throw new LoginNeeded();
  const device = await registered(store);
  const waiting = await outbox.waiting();
  let sent = 0;
  do {
    told({ what: "记录", done: sent, of: waiting.length });
    const items = waiting.slice(sent, sent + BATCH);
    const answer = await ask("POST", "/field/sync", { device, items: items.map(plain), known: await versions(store) });
    for (const one of answer.answers) await outbox.settle(one);
    await takeIn(store, answer.records);
    sent += items.length;
  } while (sent < waiting.length);
  await sendPhotos(store, device, told);
  await store.put("meta", "synced", new Date().toISOString());
  await store.put("meta", "ahead", clock.aheadMs);
}

async function sendPhotos(store, device, told) {
  const photos = (await store.all("photo")).filter((photo) => !photo.done);
  for (const [index, photo] of photos.entries()) {
    told({ what: "照片", done: index, of: photos.length });
    try {
      await sendPhoto(store, device, photo, (share) => told({ what: "照片", done: index + share, of: photos.length }));
      await store.put("photo", photo.id, { ...photo, done: true, reason: "" });
    } catch (error) {
      // A photo that the server does not take must not keep the others back; it stays and says why.
      if (!(error instanceof Refused)) throw error;
      await store.put("photo", photo.id, { ...photo, reason: error.message });
    }
  }
}

async function registered(store) {
  const { id, label } = await store.get("meta", "device");
  await ask("POST", "/field/devices", { id, label });
  return id;
}

const plain = ({ client_id, seq, subject, act, base_version, content, seen, made_at }) => ({
  client_id, seq, subject, act, base_version, content, seen, made_at,
});

async function versions(store) {
  const records = await store.all("record");
  return Object.fromEntries(records.map((record) => [record.subject, record.version]));
}

async function takeIn(store, records) {
  for (const record of records) await store.put("record", record.subject, record);
  for (const notice of await store.all("notice")) {
    const record = await store.get("record", notice.subject);
    if (record && records.some((one) => one.subject === notice.subject) && record.conflicts === 0) {
      await store.remove("notice", notice.subject);
    }
  }
}

// Everything that goes along (带走): tasks and records, last round's photos, the tiles, all sealed.
export async function takeAlong(store, told = () => {}) {
  const me = await whoAmI();
  if (me.kind !== "account") throw new LoginNeeded();
  await registered(store);
  const taken = await ask("GET", "/field/take");
  const owner = (await store.get("meta", "account")) ?? taken.account;
  if (owner !== taken.account) throw new OtherAccount(owner);
  await keepTasks(store, taken);
  const photos = taken.tasks.flatMap((task) => task.last?.photos ?? []);
  const jobs = [
    ...photos.map((photo) => () => keep(store, "last", photo.id, `/field/last/${photo.id}`)),
    ...taken.tiles.map((tile) => () => keep(store, "tile", tile.join("/"), `/tiles/base/${tile.join("/")}.mvt`)),
  ];
  let done = 0;
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      await job();
      told({ what: "地图和照片", done: ++done, of: photos.length + taken.tiles.length });
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  await store.put("meta", "taken", new Date().toISOString());
  await store.put("meta", "ahead", clock.aheadMs);
}

async function keepTasks(store, taken) {
  await store.put("meta", "account", taken.account);
  await store.put("meta", "shown", taken.shown);
  await store.put("meta", "division", taken.division);
  await store.put("meta", "lines", taken.lines);
  await store.put("meta", "style", await ask("GET", "/styles/quiet.json"));
  await store.empty("task");
  for (const { record, ...task } of taken.tasks) {
    await store.put("task", task.subject, task);
    await store.put("record", task.subject, record);
  }
}

async function keep(store, box, id, path) {
  await store.putBytes(box, id, await ask("GET", path, undefined, { raw: true }));
}
