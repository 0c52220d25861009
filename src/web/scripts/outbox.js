// Answers on their way to the server. Each question has a slot of its own on this device, so two tabs never overwrite
// each other's questions, and what a closed page left behind is sent by the next one. A slot is emptied only when the
// server has given a receipt for exactly what is in it.
const RETRY = [1000, 2000, 4000, 8000, 15000];

export class Outbox {
  /** @param send (key, body) → what the server said; rejects when it could not be asked */
  constructor(prefix, send, storage = safeStorage()) {
    this.prefix = prefix;
    this.send = send;
    this.storage = storage;
    this.failures = 0;
    this.onReceipt = () => {};
    this.onChange = () => {};
    this.onGone = () => {};
    /** What this page has to send, in the order given: question → the content of its slot. */
    this.mine = new Map(this.slots().map(({ key, text }) => [key, text]));
  }

  get size() {
    return this.mine.size;
  }

  /** Questions whose answers wait, in the order in which they were given. */
  keys() {
    return [...this.mine.keys()];
  }

  waiting(key) {
    const kept = this.mine.get(key);
    return kept === undefined ? null : JSON.parse(kept).body;
  }

  put(key, body) {
    const turn = Math.max(0, ...this.slots().map((slot) => slot.turn)) + 1;
    const text = JSON.stringify({ turn, body });
    this.storage.set(this.prefix + key, text);
    this.mine.delete(key);
    this.mine.set(key, text);
    void this.flush();
  }

  /** Sends what waits, one after another. @returns whether nothing waits any more */
  flush() {
    this.running ??= this.sendAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  clear() {
    for (const { key } of this.slots()) this.storage.remove(this.prefix + key);
    this.mine.clear();
    this.onChange(0, false);
  }

  async sendAll() {
    clearTimeout(this.timer);
    for (let [next] = this.mine; next !== undefined; [next] = this.mine) {
      const [key, text] = next;
      this.onChange(this.size, this.failures > 0);
      if (this.storage.get(this.prefix + key) !== text) {
        // Another tab has sent it already, or has something newer to say: not to be overwritten with the older.
        this.mine.delete(key);
        this.onGone(key);
        continue;
      }
      let answer;
      try {
        answer = await this.send(key, JSON.parse(text).body);
      } catch {
        this.failures += 1;
        this.onChange(this.size, true);
        this.timer = setTimeout(() => void this.flush(), RETRY[Math.min(this.failures, RETRY.length) - 1]);
        return false;
      }
      this.failures = 0;
      if (this.storage.get(this.prefix + key) === text) this.storage.remove(this.prefix + key);
      // Changed while it was on its way: the newer content is sent next, and the receipt is for that.
      if (this.mine.get(key) !== text) continue;
      this.mine.delete(key);
      this.onReceipt(key, answer);
    }
    this.onChange(0, false);
    return true;
  }

  slots() {
    return this.storage.keys().filter((name) => name?.startsWith(this.prefix)).map((name) => {
      const text = this.storage.get(name);
      return { key: name.slice(this.prefix.length), text, turn: JSON.parse(text).turn };
    }).sort((a, b) => a.turn - b.turn);
  }
}

/** The device's storage, or memory where it is forbidden. */
function safeStorage() {
  try {
    const probe = 'lan-toa-probe';
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return {
      keys: () => Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index)),
      get: (name) => localStorage.getItem(name),
      set: (name, value) => localStorage.setItem(name, value),
      remove: (name) => localStorage.removeItem(name),
    };
  } catch {
    const memory = new Map();
    return {
      keys: () => [...memory.keys()], get: (name) => memory.get(name) ?? null,
      set: (name, value) => memory.set(name, value), remove: (name) => memory.delete(name),
    };
  }
}
