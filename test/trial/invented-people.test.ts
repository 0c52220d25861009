import { inventPeople, STAFFING } from '../../src/trial/invented-people.js';
import { fileTypeFromBuffer } from 'file-type';
import { silentMp3, workFile } from '../../src/trial/work-files.js';

describe('the invented people', () => {
  const place = { agencyId: 7, code: '15-KHCN', kind: 'department', parent: '15' };

  test('are the same at every first start', () => {
    expect(inventPeople(place, '2025-07-01')).toEqual(inventPeople(place, '2025-07-01'));
  });

  test('are staffed as their kind of agency is, and hold one post each', () => {
    for (const kind of Object.keys(STAFFING)) {
      const people = inventPeople({ ...place, kind }, '2025-07-01');
      const average = Object.values(STAFFING[kind] ?? {}).reduce((sum, count) => sum + count, 0);
      expect(people.length).toBeGreaterThan(average * 0.6);
      expect(people.length).toBeLessThan(average * 1.5 + 3);
      expect(people.every((person) => person.posts.length === 1)).toBe(true);
      expect(new Set(people.map((person) => person.posts[0]?.staffCode)).size).toBe(people.length);
    }
  });

  test('a place of an unknown kind has nobody', () => {
    expect(inventPeople({ ...place, kind: 'unknown' }, '2025-07-01')).toEqual([]);
  });
});

test('the recording that they hand in is made of whole MP3 frames', () => {
  const recording = silentMp3(2);
  expect(recording.length % 417).toBe(0);
  expect(recording.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfb]));
});

test.each(['mp3', 'mp4', 'pdf'])('a trial %s is what its ending says', async (kind) => {
  const { ending, mediaType, body } = await workFile(['docx', kind]);
  expect([ending, mediaType]).toEqual([kind, (await fileTypeFromBuffer(body))?.mime]);
});
