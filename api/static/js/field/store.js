// What the device holds, sealed. A box is a kind of thing (task, record, item, photo …); in it each thing has an id.
//   const store = await Store.unlock("diming-field", passphrase);  await store.put("task", id, value);
import { deleteDB, openDB } from "/static/vendor/idb.js";
import { fromBytes, nameOf, newKeys, openKeys, seal, toBytes, unseal } from "./crypto.js";

export const MOST_TRIES = 10;

export class WrongPassphrase extends Error {
  constructor(left) {
    super(left > 0 ? `口令不对，还可以试 ${left} 次；试完后设备上的数据将清除。` : "口令错误次数过多，设备上的数据已清除。");
    this.left = left;
  }
}

async function opened(name) {
  return openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore("plain");
      db.createObjectStore("sealed", { keyPath: "name" }).createIndex("box", "box");
    },
  });
}

// Who the data on this device belongs to, or null when there is none.
export async function lockOf(name) {
  const db = await opened(name);
  const lock = await db.get("plain", "lock");
  db.close();
  return lock ?? null;
}

export class Store {
  // Sealing takes its time: what is written later must not be overtaken by what was written before, and what is read must
  // hold all that was written until then.
  #written = Promise.resolve();

  constructor(name, db, keys) {
    this.name = name;
    this.db = db;
    this.keys = keys;
  }

  #write(what) {
    const done = this.#written.then(what);
    this.#written = done.catch(() => {});
    return done;
  }

  static async create(name, account, passphrase) {
    await Store.wipe(name);
    const { keys, lock } = await newKeys(account, passphrase);
    const db = await opened(name);
    await db.put("plain", lock, "lock");
    return new Store(name, db, keys);
  }

  static async unlock(name, passphrase) {
    const db = await opened(name);
    const lock = await db.get("plain", "lock");
    // Counted before it is tried: switching off in between does not give another try.
    const tries = ((await db.get("plain", "tries")) ?? 0) + 1;
    await db.put("plain", tries, "tries");
    try {
      const keys = await openKeys(lock, passphrase);
      await db.put("plain", 0, "tries");
      return new Store(name, db, keys);
    } catch {
      db.close();
      if (tries >= MOST_TRIES) await Store.wipe(name);
      throw new WrongPassphrase(MOST_TRIES - tries);
    }
  }

  static async wipe(name) {
    await deleteDB(name);
  }

  async put(box, id, value) {
    await this.putBytes(box, id, toBytes({ id, value }));
  }

  async putBytes(box, id, bytes) {
    await this.#write(async () => {
      const name = await nameOf(this.keys, box, id);
      const { iv, data } = await seal(this.keys, name, bytes);
      await this.db.put("sealed", { name, box, iv, data });
    });
  }

  async get(box, id) {
    const bytes = await this.getBytes(box, id);
    return bytes === null ? null : fromBytes(bytes).value;
  }

  async getBytes(box, id) {
    await this.#written;
    const name = await nameOf(this.keys, box, id);
    const row = await this.db.get("sealed", name);
    return row ? unseal(this.keys, name, row) : null;
  }

  async all(box) {
    await this.#written;
    const rows = await this.db.getAllFromIndex("sealed", "box", box);
    return Promise.all(rows.map(async (row) => fromBytes(await unseal(this.keys, row.name, row)).value));
  }

  async count(box) {
    await this.#written;
    return this.db.countFromIndex("sealed", "box", box);
  }

  async remove(box, id) {
    await this.#write(async () => this.db.delete("sealed", await nameOf(this.keys, box, id)));
  }

  async empty(box) {
    await this.#write(async () => {
      const change = this.db.transaction("sealed", "readwrite");
      for await (const cursor of change.store.index("box").iterate(box)) cursor.delete();
      await change.done;
    });
  }

  close() {
    this.db.close();
    this.keys = null;
  }
}
