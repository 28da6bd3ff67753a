// What was written and waits to be sent (发件箱). An item keeps its id until the server has answered for it, so sending it
// again after a lost answer changes nothing.

export class Outbox {
  constructor(store) {
    this.store = store;
  }

  // Puts a finished item in; gives it back with its id and its place in the order of this device.
  async add({ subject, base_version, content, seen = {}, act = "write" }) {
    const seq = ((await this.store.get("meta", "seq")) ?? 0) + 1;
    await this.store.put("meta", "seq", seq);
    const item = {
      client_id: crypto.randomUUID(), seq, subject, act, base_version, content, seen,
      made_at: new Date().toISOString(), state: "waiting", reason: "",
    };
    await this.store.put("item", item.client_id, item);
    return item;
  }

  async items() {
    const found = await this.store.all("item");
    return found.sort((a, b) => a.seq - b.seq);
  }

  async waiting() {
    return (await this.items()).filter((item) => item.state === "waiting");
  }

  // What the server said about an item: done ones go, the others stay and say why.
  async settle(answer) {
    const outcome = answer.outcome === "already" ? answer.was : answer.outcome;
    const item = await this.store.get("item", answer.client_id);
    if (!item) return;
    if (outcome === "refused") {
      await this.store.put("item", item.client_id, { ...item, state: "refused", reason: answer.reason });
      return;
    }
    if (outcome === "conflict") await this.store.put("notice", item.subject, { subject: item.subject, reason: answer.reason });
    await this.store.remove("item", item.client_id);
  }

  // A refused item once more, as a new one.
  async again(item) {
    await this.store.remove("item", item.client_id);
    return this.add(item);
  }

  async drop(item) {
    await this.store.remove("item", item.client_id);
  }

  async counts() {
    const items = await this.store.all("item");
    const photos = await this.store.all("photo");
    return {
      items: items.filter((item) => item.state === "waiting").length,
      refused: items.filter((item) => item.state === "refused").length,
      photos: photos.filter((photo) => !photo.done).length,
      conflicts: await this.store.count("notice"),
    };
  }
}
