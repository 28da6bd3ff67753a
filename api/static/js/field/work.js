// The work at one marker: what the record says with what was written here on top, and what is still missing.
import { photosOf } from "./photos.js";

export const STATES = ["完好", "损坏", "移位", "倾斜", "缺失", "字迹不清"];
export const REFERENCE_STATES = ["存在", "变化", "灭失", "未查"];
export const FACES = ["正面", "背面", "侧面", "甲方面", "乙方面", "丙方面", "全景", "方位物", "周边"];
export const LEAST_PHOTOS = 4;
const SIGN = "sign.";

export async function openWork(store, outbox, task) {
  const [record, draft, items, photos, notice] = await Promise.all([
    store.get("record", task.subject), store.get("draft", task.subject), outbox.items(),
    photosOf(store, task.subject), store.get("notice", task.subject),
  ]);
  const own = items.filter((item) => item.subject === task.subject);
  return new Work(store, outbox, task, record, draft?.content ?? {}, own, photos, notice);
}

class Work {
  constructor(store, outbox, task, record, draft, items, photos, notice) {
    Object.assign(this, { store, outbox, task, record, draft, items, photos, notice });
  }

  get content() {
    return { ...this.#before, ...this.draft };
  }

  // What the record says without the draft: nothing once it was withdrawn.
  get #before() {
    let content = this.record.withdrawn ? {} : this.record.content;
    for (const item of this.#waiting) content = item.act === "withdraw" ? {} : { ...content, ...item.content };
    return content;
  }

  get #waiting() {
    return this.items.filter((item) => item.state === "waiting");
  }

  // Taken back, here or on the server, and not written anew since.
  get withdrawn() {
    const last = this.#waiting.at(-1);
    return !this.changed && (last ? last.act === "withdraw" : this.record.withdrawn);
  }

  // Written of by this account, so that it may take the record back; the office decides what it has taken over already.
  get mine() {
    return this.changed || this.items.length > 0 || (this.record.mine && !this.record.withdrawn);
  }

  get changed() {
    return Object.keys(this.draft).length > 0;
  }

  async set(name, value) {
    const was = this.content[name];
    if (JSON.stringify(was) === JSON.stringify(value)) return;
    this.draft[name] = value;
    if (!name.startsWith(SIGN)) this.#unsign();
    if (!name.startsWith(SIGN)) this.draft.inspected_at = new Date().toISOString();
    await this.store.put("draft", this.task.subject, { subject: this.task.subject, content: this.draft });
  }

  // A signature stands for all that the record says: what was signed before a change must be signed anew.
  #unsign() {
    for (const name of Object.keys(this.draft)) if (name.startsWith(SIGN)) delete this.draft[name];
  }

  // The sides whose signature stands for the words as they are now.
  get signed() {
    const body = Object.keys(this.draft).some((name) => !name.startsWith(SIGN));
    const waiting = body ? [] : this.#signedInOutbox();
    const onRecord = body || this.items.some((item) => item.act === "withdraw" || Object.keys(item.content).some((n) => !n.startsWith(SIGN)))
      ? [] : this.record.standing;
    const here = Object.keys(this.draft).filter((name) => name.startsWith(SIGN));
    return [...new Set([...onRecord, ...waiting, ...here])].map((name) => name.slice(SIGN.length));
  }

  #signedInOutbox() {
    let names = [];
    for (const { act, content } of this.#waiting) {
      const keys = Object.keys(content);
      if (act === "withdraw" || keys.some((name) => !name.startsWith(SIGN))) names = [];
      names.push(...keys.filter((name) => name.startsWith(SIGN)));
    }
    return names;
  }

  get photoCount() {
    // Photos of other devices count too; those sent from here are among the server's.
    return Math.max(this.record.photos, this.photos.filter((photo) => photo.done).length)
      + this.photos.filter((photo) => !photo.done).length;
  }

  // What is missing, step by step: { step: sentence }. Empty when the record is complete.
  get missing() {
    const { content, task } = this;
    const lost = content.state === "缺失";
    const found = {};
    if (!content.state) found.state = "没有选择界桩状态";
    else if (content.state !== "完好" && !content.action) found.state = "没有写处理情况";
    if (!content.measured && !lost) found.measure = "没有实测位置";
    const unseen = task.references.filter((ref) => !content[`ref.${ref.serial}`]);
    if (unseen.length) found.references = `还有 ${unseen.length} 个方位物没有核查`;
    if (this.photoCount < LEAST_PHOTOS && !lost) found.photos = `照片 ${this.photoCount} 张，至少 ${LEAST_PHOTOS} 张`;
    const sides = Object.entries(task.sides).filter(([code]) => !this.signed.includes(code));
    if (sides.length) found.sign = `${sides.map(([, name]) => name).join("、")}没有签字`;
    return found;
  }

  get status() {
    if (this.notice || this.record.conflicts) return "conflict";
    if (this.items.some((item) => item.state === "refused")) return "refused";
    if (this.changed) return "draft";
    if (this.withdrawn) return "withdrawn";
    if (this.items.length) return "waiting";
    if (!this.record.content.state) return "open";
    return Object.keys(this.missing).length ? "part" : "done";
  }

  // Puts what was written into the outbox. It carries the version that the author saw.
  async submit() {
    if (!this.changed) return null;
    return this.#send({ content: { ...this.#emptied(), ...this.draft } });
  }

  // What a withdrawn record said is taken back by name, or it would stand again beside the new words.
  #emptied() {
    const said = [this.record.content, ...this.#waiting.map((item) => item.content)].flatMap(Object.keys);
    const gone = said.filter((name) => this.content[name] === undefined);
    return Object.fromEntries(gone.map((name) => [name, null]));
  }

  // Takes the record back (撤销). What may have reached the server is withdrawn there too, also without a network.
  async withdraw() {
    for (const item of this.items.filter((one) => one.state === "refused")) await this.outbox.drop(item);
    this.items = this.#waiting;
    if (this.items.length || (this.record.mine && !this.record.withdrawn)) return this.#send({ act: "withdraw", content: {} });
    await this.#clearDraft();
    return null;
  }

  async #send(what) {
    const { marker, subject } = this.task;
    const seen = { marker_version: marker.version, marker_state: marker.state };
    const item = await this.outbox.add({ subject, base_version: this.record.version, seen, ...what });
    await this.#clearDraft();
    this.items.push(item);
    return item;
  }

  async #clearDraft() {
    await this.store.remove("draft", this.task.subject);
    this.draft = {};
  }
}
