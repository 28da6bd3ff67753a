// Sync in the background: when the network comes back, and again after a while when something is left.
import { LoginNeeded, Offline } from "./net.js";
import { synchronise } from "./sync.js";

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

export class Background extends EventTarget {
  constructor(app) {
    super();
    this.app = app;
    this.state = navigator.onLine ? "idle" : "offline";
    this.sentence = "";
    this.progress = null;
    this.wait = FIRST_WAIT_MS;
    this.running = null;
  }

  start() {
    window.addEventListener("online", () => this.run());
    window.addEventListener("offline", () => this.#say("offline", ""));
    this.#later();
  }

  // One run at a time: a second call waits for the first.
  run() {
    if (!this.running) {
      document.body.dataset.sync = "running";
      this.running = this.#run().finally(() => {
        this.running = null;
        document.body.dataset.sync = "rest";
      });
    }
    return this.running;
  }

  // A run that begins after what was done just now, such as logging in again: one that was under way knew nothing of it.
  async anew() {
    await this.running;
    await this.run();
  }

  async #run() {
    const { store, outbox } = this.app;
    if (!store) return;
    this.#say("running", "正在同步");
    try {
      await synchronise(store, outbox, (progress) => {
        this.progress = progress;
        this.#say("running", `正在同步${progress.what} ${Math.floor(progress.done)}/${progress.of}`);
      });
      this.wait = FIRST_WAIT_MS;
      document.body.dataset.synced = new Date().toISOString();
      this.#say("done", "同步完成");
    } catch (error) {
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
      this.#say(error instanceof Offline ? "offline" : error instanceof LoginNeeded ? "login" : "failed", error.message);
    }
    this.progress = null;
    this.dispatchEvent(new Event("settled"));
  }

  #later() {
    setTimeout(async () => {
      const { store, outbox } = this.app;
      if (!store) return;
      const counts = await outbox.counts();
      if (navigator.onLine && (counts.items || counts.photos) && this.state !== "login") await this.run();
      this.#later();
    }, this.wait);
  }

  #say(state, sentence) {
    this.state = state;
    this.sentence = sentence;
    this.dispatchEvent(new Event("change"));
    this.app.refreshBar();
  }
}
