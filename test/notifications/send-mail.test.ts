import { Database } from '../../src/platform/database/database.js';
import { one, rows } from '../../src/platform/database/sql.js';
import { Mailbox } from '../../src/platform/mail.js';
import { PostOffice } from '../../src/notifications/post-office.js';
import { SendMail } from '../../src/notifications/send-mail.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

/** A mail server is somebody else's machine: here a list stands in for it, and for its bad days. */
class Tray {
  readonly sent: { to: string; subject: string; body: string }[] = [];
  refuses = false;
  open = true;

  send(to: string, subject: string, body: string): Promise<void> {
    if (this.refuses) return Promise.reject(new Error('451 try again later'));
    this.sent.push({ to, subject, body });
    return Promise.resolve();
  }
}

describe('letters', () => {
  let test_: TestApp;
  let tray: Tray;

  beforeEach(async () => {
    test_ = await createTestApp();
    tray = new Tray();
    const office = test_.app.get(PostOffice);
    Object.defineProperty(office, 'open', { get: () => tray.open });
    office.send = (to, subject, body) => tray.send(to, subject, body);
  });
  afterEach(() => test_.close());

  const put = (onceKey: string) => test_.app.get(Database).inTransaction((tx) => test_.app.get(Mailbox).put(tx, {
    recipient: 'hocvien@example.vn', language: 'vi', kind: 'assigned', onceKey,
    params: { name: 'Lò Thị Mẫu', class: 'Thông tin cơ sở', due: '20/12/2026' },
  }));
  const state = () => one<{ sent_at: Date | null; failed_at: Date | null; params: object }>(test_.database.reader,
    'SELECT sent_at, failed_at, params FROM mail ORDER BY id LIMIT 1');

  test('leave after the transaction, in the language of the reader, and are emptied', async () => {
    await put('a');
    expect(tray.sent).toEqual([]);
    await test_.jobs.drain();
    expect(tray.sent).toHaveLength(1);
    expect(tray.sent[0]).toMatchObject({ to: 'hocvien@example.vn', subject: 'Được giao học: Thông tin cơ sở, hạn 20/12/2026' });
    expect(tray.sent[0]?.body).toContain('Kính gửi Lò Thị Mẫu');
    expect(await state()).toMatchObject({ sent_at: test_.clock.now(), params: {} });
  });

  test('happen once for one cause', async () => {
    expect([await put('a'), await put('a')]).toEqual([true, false]);
    await test_.jobs.drain();
    await test_.app.get(SendMail).waiting();
    expect(tray.sent).toHaveLength(1);
  });

  test('wait while the mail server is away, and leave when it is back', async () => {
    tray.refuses = true;
    await put('a');
    await test_.jobs.drain();
    expect(await state()).toMatchObject({ sent_at: null, failed_at: null });
    tray.refuses = false;
    await test_.app.get(SendMail).waiting();
    expect(tray.sent).toHaveLength(1);
  });

  test('wait where there is no mail server, and are given up when they are no news any more', async () => {
    tray.open = false;
    await put('a');
    await test_.jobs.drain();
    expect(await state()).toMatchObject({ sent_at: null, failed_at: null });
    test_.clock.advance({ days: 4 });
    await test_.app.get(SendMail).waiting();
    expect(await state()).toMatchObject({ sent_at: null, failed_at: test_.clock.now(), params: {} });
    expect(await rows(test_.database.reader, 'SELECT 1 FROM mail WHERE sent_at IS NOT NULL')).toEqual([]);
  });
});
