import supertest from 'supertest';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { signInApi } from '../support/sign-in.js';
import type { AccountRow } from '../support/world.js';

export const GOOD_TEXT = 'Bản tin ưu tiên cho bà con xã Mẫu Một tuần này.';
export const LEVELS = { accuracy: 3, audience: 3, clarity: 3, legality: 3, measurement: 3 };
export const REMARK = 'Bản tin rõ, nên nêu thêm nguồn của con số thứ hai.';

export interface Setting extends TestApp {
  course: FixtureCourse;
  place: Awaited<ReturnType<TestApp['world']['country']>>;
  learner: AccountRow;
  /** Marks for the whole country and works at a ministry. */
  assessor: AccountRow;
  /** Asks the API as somebody. The token is new each time: it lasts ten minutes of the frozen clock. */
  as(username: string): Promise<Asker>;
  /** Hands in as the learner; the number of the submission. */
  handIn(username?: string, text?: string): Promise<number>;
  /** Nobody has begun, nothing was handed in, and it is Friday afternoon again. */
  reset(): Promise<void>;
  assignment: string;
}

type Method = 'get' | 'post' | 'put';
export type Asker = Record<Method, (url: string) => supertest.Test>;

/** A country, a course with a practical task, a learner in a commune and an assessor at a ministry. */
export async function createSetting(): Promise<Setting> {
  const setting = await createTestApp();
  const { app, clock, database, world } = setting;
  const course = await fixtureCourse(database, { assignment: true });
  const place = await world.country();
  const learner = await world.account('hocvien', place.commune, { name: 'Lò Văn Mẫu', group: 'grassroots-information' });
  const assessor = await world.account('nguoicham', place.unit, { roles: [{ role: 'assessor', agency: place.nation }] });
  const assignment = `/api/v1/courses/${course.slug}/assignment`;
  const as = async (username: string): Promise<Asker> => {
    const token = await signInApi(app, username);
    const ask = (method: Method) => (url: string) =>
      supertest(app.getHttpServer())[method](url).set('authorization', `Bearer ${token}`);
    return { get: ask('get'), post: ask('post'), put: ask('put') };
  };
  return {
    ...setting, course, place, learner, assessor, assignment, as,
    async handIn(username = 'hocvien', text = GOOD_TEXT) {
      const answer = await (await as(username)).post(`${assignment}/submissions`).send({ text });
      if (answer.status !== 201) throw new Error(`Handing in was answered ${answer.status}: ${answer.text}`);
      return (answer.body as { id: number }).id;
    },
    async reset() {
      await database.reader.query('TRUNCATE course_run, stored_file, audit_entry CASCADE');
      clock.set('2026-11-20T14:00:00+07:00');
    },
  };
}
