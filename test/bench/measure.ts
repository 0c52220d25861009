import { Agent, request } from 'node:http';

export interface Call {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const CONNECTIONS = 8;

/** Requests per second over a fixed number of calls, on kept connections. @throws Error when any is not answered 200 */
export async function callsPerSecond(port: number, count: number, callOf: (index: number) => Call): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) await once(agent, port, callOf(index));
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return count / seconds;
}

function once(agent: Agent, port: number, call: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({
      agent, port, host: '127.0.0.1', method: call.method, path: call.path,
      headers: { ...call.headers, ...(call.body ? { 'content-length': Buffer.byteLength(call.body) } : {}) },
    }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${call.path}: ${answer.statusCode}`))));
    });
    sent.on('error', reject);
    sent.end(call.body);
  });
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Milliseconds of each of two pieces of work, in turns, so that a noisy minute touches both. */
export async function inTurns(rounds: number, ours: () => Promise<unknown>, floor: () => Promise<unknown>): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, work] of [ours, floor].entries()) {
      times[at]?.push(await timed(work));
    }
  }
  return [median(times[0]), median(times[1])];
}
