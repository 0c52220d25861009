import { jest } from '@jest/globals';

/** The script as the browser gets it: plain JavaScript, so its shape is said here. */
interface OutboxOfTab {
  size: number;
  onReceipt: (key: string, answer: unknown) => void;
  onGone: (key: string) => void;
  put(key: string, body: unknown): void;
  keys(): string[];
  waiting(key: string): unknown;
  flush(): Promise<boolean>;
}
type Send = (key: string, body: unknown) => Promise<unknown>;
const script = '../../src/web/scripts/outbox.js';
const { Outbox } = await import(script) as {
  Outbox: new (prefix: string, send: Send, storage: ReturnType<typeof device>) => OutboxOfTab;
};

/** A device's storage, shared by all tabs. */
function device() {
  const kept = new Map<string, string>();
  return {
    keys: () => [...kept.keys()], get: (name: string) => kept.get(name) ?? null,
    set: (name: string, value: string) => kept.set(name, value), remove: (name: string) => kept.delete(name),
  };
}

/** A server that is there or not, and keeps what arrives in the order in which it arrives. */
function server() {
  const arrived: [string, unknown][] = [];
  const state = { down: false };
  return {
    arrived, state,
    send: (key: string, body: unknown) => {
      if (state.down) return Promise.reject(new Error('offline'));
      arrived.push([key, body]);
      return Promise.resolve({ ok: true, body: { sequence: arrived.length } });
    },
  };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('answers are sent in the order given, the latest of each question', async () => {
  const { send, arrived, state } = server();
  state.down = true;
  const outbox = new Outbox('quiz:1:', send, device());
  outbox.put('a', 1);
  outbox.put('b', 2);
  outbox.put('a', 3);
  expect(await outbox.flush()).toBe(false);
  expect([outbox.size, outbox.keys(), outbox.waiting('a')]).toEqual([2, ['b', 'a'], 3]);
  state.down = false;
  expect(await outbox.flush()).toBe(true);
  expect(arrived).toEqual([['b', 2], ['a', 3]]);
  expect(outbox.size).toBe(0);
});

test('it tries again by itself, later and later', async () => {
  const { send, arrived, state } = server();
  state.down = true;
  const outbox = new Outbox('quiz:1:', send, device());
  outbox.put('a', 1);
  await jest.advanceTimersByTimeAsync(6_000);
  expect(arrived).toEqual([]);
  state.down = false;
  await jest.advanceTimersByTimeAsync(8_000);
  expect(arrived).toEqual([['a', 1]]);
});

test('what a closed page left behind is sent by the next, in its order', async () => {
  const storage = device();
  const first = server();
  first.state.down = true;
  const closed = new Outbox('quiz:1:', first.send, storage);
  closed.put('b', 1);
  closed.put('a', 2);
  await closed.flush();
  const { send, arrived } = server();
  const outbox = new Outbox('quiz:1:', send, storage);
  expect(outbox.waiting('b')).toBe(1);
  expect(await outbox.flush()).toBe(true);
  expect(arrived).toEqual([['b', 1], ['a', 2]]);
  expect(new Outbox('quiz:1:', send, storage).size).toBe(0);
});

test('another attempt’s answers are left alone', async () => {
  const storage = device();
  const { send, arrived, state } = server();
  state.down = true;
  const other = new Outbox('quiz:1:', send, storage);
  other.put('a', 1);
  await other.flush();
  state.down = false;
  expect(await new Outbox('quiz:2:', send, storage).flush()).toBe(true);
  expect(arrived).toEqual([]);
});

test('a tab never sends an older answer over a newer one of another tab', async () => {
  const storage = device();
  const { send, arrived, state } = server();
  state.down = true;
  const [one, two] = [new Outbox('quiz:1:', send, storage), new Outbox('quiz:1:', send, storage)];
  const gone: string[] = [];
  one.onGone = (key) => void gone.push(key);
  one.put('a', 'older');
  await one.flush();
  two.put('a', 'newer');
  await two.flush();
  state.down = false;
  expect(await two.flush()).toBe(true);
  expect(await one.flush()).toBe(true);
  expect(arrived).toEqual([['a', 'newer']]);
  expect(gone).toEqual(['a']);
});

test('each tab gets the receipt of its own question', async () => {
  const storage = device();
  const { send } = server();
  const [one, two] = [new Outbox('quiz:1:', send, storage), new Outbox('quiz:1:', send, storage)];
  const receipts: string[] = [];
  one.onReceipt = (key) => void receipts.push(`one ${key}`);
  two.onReceipt = (key) => void receipts.push(`two ${key}`);
  one.put('a', 1);
  two.put('b', 2);
  await Promise.all([one.flush(), two.flush()]);
  expect(receipts.sort()).toEqual(['one a', 'two b']);
});

test('what is changed while it is on its way is sent again, and only that gets its receipt', async () => {
  const arrived: unknown[] = [];
  const answers: ((value: unknown) => void)[] = [];
  const outbox = new Outbox('quiz:1:', (_key, body) => {
    arrived.push(body);
    return new Promise((resolve) => answers.push(resolve));
  }, device());
  const receipts: unknown[] = [];
  outbox.onReceipt = (_key, answer) => void receipts.push(answer);
  outbox.put('a', 1);
  outbox.put('a', 2);
  const done = outbox.flush();
  answers[0]?.('first');
  await jest.advanceTimersByTimeAsync(0);
  expect(arrived).toEqual([1, 2]);
  answers[1]?.('second');
  expect(await done).toBe(true);
  expect(receipts).toEqual(['second']);
});

test('an empty device has nothing to send', async () => {
  const { send, arrived } = server();
  expect(await new Outbox('quiz:1:', send, device()).flush()).toBe(true);
  expect(arrived).toEqual([]);
});
