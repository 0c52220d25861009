import fc from 'fast-check';
import { proposeUsernames, USERNAME, usernameFor } from '../../src/rules/usernames.js';

test.each([
  ['Nguyễn Thị Mẫu', 'nguyen.thi.mau'], ['  ĐẶNG   văn  Hoà ', 'dang.van.hoa'], ['H’Hen Niê', 'h.hen.nie'],
  ['Lê', 'nguoi.dung.le'], ['', 'nguoi.dung'], ['李明', 'nguoi.dung'],
  ['Công Tằng Tôn Nữ Thị Ngọc Bích Phương Uyên', 'cong.tang.ton.nu.thi.ngoc.bich.phuong.uy'],
])('%s is proposed as %s', (name, username) => {
  expect(usernameFor(name)).toBe(username);
});

test('the second of a name gets a number, and a number that is taken is passed over', () => {
  const taken = new Set(['nguyen.thi.mau', 'nguyen.thi.mau3']);
  expect(proposeUsernames(['Nguyễn Thị Mẫu', 'Nguyễn Thị Mậu', 'Lò A Mẫu'], taken))
    .toEqual(['nguyen.thi.mau2', 'nguyen.thi.mau4', 'lo.a.mau']);
});

test('whatever the names: valid, no two alike, none taken, the same again', () => {
  const names = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Lê An', 'Lê Ân', 'Lê An 2', 'Trần Bê')), { maxLength: 12 });
  fc.assert(fc.property(names, (people) => {
    const before = ['le.an', 'nguoi.dung2'];
    const proposed = proposeUsernames(people, new Set(before));
    expect(new Set([...proposed, ...before]).size).toBe(people.length + before.length);
    for (const username of proposed) expect(username).toMatch(USERNAME);
    expect(proposeUsernames(people, new Set(before))).toEqual(proposed);
  }));
});
