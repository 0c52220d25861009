import { hash } from '@node-rs/argon2';
import { Passwords } from '../../src/access/passwords.js';

test('a hash is Argon2id with the parameters of the house', async () => {
  const passwords = new Passwords();
  const stored = await passwords.hash('con duong lang nho');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(passwords.isOutdated(stored)).toBe(false);
  expect(passwords.isOutdated(await hash('x', { memoryCost: 64, timeCost: 1, parallelism: 1 }))).toBe(true);
  expect(await passwords.verify(stored, 'con duong lang nho')).toBe(true);
  expect(await passwords.verify(stored, 'con duong lang lon')).toBe(false);
});

test('without a hash the work is done all the same and nothing is right', async () => {
  const passwords = new Passwords();
  const timed = async (stored: string | null) => {
    const begun = performance.now();
    expect(await passwords.verify(stored, 'con duong lang nho')).toBe(false);
    return performance.now() - begun;
  };
  const stored = await passwords.hash('mot mat khau khac');
  await timed(null);
  // Not a comparison of two clocks: without the work it would take a thousandth of it.
  expect(await timed(null)).toBeGreaterThan(await timed(stored) / 20);
});

test('a flood waits in line, and beyond that is asked to come back; afterwards all is as before', async () => {
  const passwords = new Passwords();
  const stored = await hash('x', { memoryCost: 64, timeCost: 1, parallelism: 1 });
  const answers = await Promise.allSettled(Array.from({ length: 150 }, () => passwords.verify(stored, 'x')));
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(refused).toHaveLength(48);
  expect(refused[0]?.reason).toMatchObject({ status: 503, code: 'sign-in-busy' });
  expect(await Promise.all(Array.from({ length: 90 }, () => passwords.verify(stored, 'x')))).toEqual(Array(90).fill(true));
});
