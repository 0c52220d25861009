import type { Answer } from './access-call.js';

/** What an answer has to be, with the words for a report. */
export interface Judge {
  says: string;
  holds(answer: Answer): boolean;
}

/** Led to the way in, which is how a page says no. */
const LED_AWAY = /^\/(sign-in|notice|second-factor)/;

/** Done: an answer, or on to the next page. */
export const done: Judge = {
  says: '2xx or 303',
  holds: ({ status, location }) => [200, 201, 204].includes(status) || (status === 303 && !LED_AWAY.test(location)),
};

export const status = (...codes: number[]): Judge =>
  ({ says: codes.join(' or '), holds: (answer) => codes.includes(answer.status) });

export const notFound = status(404);

export const to = (start: string): Judge => ({
  says: `303 to ${start}`, holds: (answer) => answer.status === 303 && answer.location.startsWith(start),
});

/** Refused by what was sent, the field named: by the body's list of errors, or by the link in the page's summary. */
export const refuses = (field: string): Judge => ({
  says: `422 naming ${field}`,
  holds: (answer) => answer.status === 422 && (answer.type.startsWith('text/html')
    ? answer.text.includes(`href="#${field}"`)
    : (answer.json<{ errors?: { field?: string }[] }>().errors ?? []).some((error) => error.field === field)),
});

export const shows = (what: string | RegExp): Judge => ({
  says: `200 with ${String(what)}`, holds: (answer) => answer.status === 200 && finds(answer, what),
});

export const hides = (what: string | RegExp): Judge => ({
  says: `200 without ${String(what)}`, holds: (answer) => answer.status === 200 && !finds(answer, what),
});

const finds = ({ text }: Answer, what: string | RegExp) =>
  (typeof what === 'string' ? text.includes(what) : what.test(text));
