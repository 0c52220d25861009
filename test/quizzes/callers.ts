import supertest from 'supertest';
import { signInApi } from '../support/sign-in.js';
import type { TestApp } from '../support/test-app.js';
import type { AskedJson, AttemptJson } from './answers.js';

/** Somebody who is signed in and calls the API. */
export type Caller = ReturnType<typeof caller>;

export function caller(t: TestApp, token: string) {
  const server = () => supertest(t.app.getHttpServer());
  const as = (call: supertest.Test) => call.set('authorization', `Bearer ${token}`);
  return {
    get: (path: string) => as(server().get(path)),
    put: (path: string, body: object) => as(server().put(path)).send(body),
    post: (path: string, body: object = {}) => as(server().post(path)).send(body),
    start: async (slug: string) =>
      (await as(server().post(`/api/v1/quizzes/${slug}/attempts`)).send({})).body as AttemptJson,
    answer: (attempt: AttemptJson, asked: AskedJson | undefined, body: object) =>
      as(server().put(`/api/v1/attempts/${attempt.id}/answers/${asked?.id}`)).send(body),
  };
}

/** Signs in afresh: a token lasts ten minutes of the frozen clock. */
export const callAs = async (t: TestApp, username: string) => caller(t, await signInApi(t.app, username));
