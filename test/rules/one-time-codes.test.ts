import fc from 'fast-check';
import { codeFrom, readCode } from '../../src/rules/one-time-codes.js';

test.each([
  ['7K2QM-9XR4B', '7K2QM-9XR4B'], ['7k2qm9xr4b', '7K2QM-9XR4B'], [' 7K2QM – 9XR4B ', '7K2QM-9XR4B'],
  ['OIL00-0000O', '01100-00000'], ['7K2QM-9XR4', null], ['7K2QM-9XR4BC', null], ['7K2QM-9XR4U', null], ['', null],
])('%s is read as %s', (typed, code) => {
  expect(readCode(typed)).toBe(code);
});

test('a code is read as it was printed, however it is typed', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
    const code = codeFrom(bytes);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(readCode(code)).toBe(code);
    expect(readCode(code.toLowerCase().replace('-', ''))).toBe(code);
    expect(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
  }));
});
