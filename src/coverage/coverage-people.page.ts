import type { Language } from '../platform/config.js';
import { localText, text } from '../platform/texts.js';
import { FOREVER, showDate } from '../rules/civil-date.js';
import { lastDay } from './coverage-files.js';
import { PEOPLE_STATES, type PeopleQuery } from './coverage.forms.js';
import { address, contextOf, filterOf } from './coverage.page.js';
import type { CoveredPerson, PeoplePage } from './list-covered-people.js';

/** Who stands behind a figure, and what each of them still needs. */
export function peoplePage(found: PeoplePage, query: PeopleQuery, lang: Language) {
  const { understood, state, total } = found;
  const say = (key: string, params: Record<string, unknown> = {}) => text(lang, `coverage.${key}`, params);
  const counts = { 'not-trained': total.roster - total.trained, 'trained': total.trained, 'all': total.roster };
  const href = (changes: Partial<PeopleQuery>) => address('/coverage/people', { ...query, cursor: undefined, ...changes });
  const overview = address('/coverage', { ...query, state: undefined, cursor: undefined });
  return {
    title: say(`people.heading.${state}`, { count: counts[state] }),
    wide: true,
    at: 'coverage',
    crumbs: [{ href: overview, label: say('title') }, { href: '', label: say('people.title') }],
    context: contextOf(understood, lang),
    targetTitle: localText(lang, understood.target.title),
    tabs: PEOPLE_STATES.map((each) => ({
      href: href({ state: each }), label: say(`people.tab.${each}`), count: counts[each], current: each === state,
    })),
    people: found.items.map((person) => personLine(person, lang)),
    next: found.next === null ? null : href({ cursor: found.next }),
    first: query.cursor === undefined ? null : href({}),
    shown: say('people.shown', { count: found.items.length, total: counts[state] }),
    overviewHref: overview,
    csvHref: address('/api/v1/coverage/people.csv', { ...query, cursor: undefined }),
    xlsxHref: address('/api/v1/coverage/people.xlsx', { ...query, cursor: undefined }),
    filter: filterOf(understood, query, lang),
    state,
  };
}

function personLine(person: CoveredPerson, lang: Language) {
  const say = (key: string, params: Record<string, unknown> = {}) => text(lang, `coverage.people.${key}`, params);
  return {
    name: person.name,
    posts: person.posts.map((post) => ({
      title: post.title, agency: localText(lang, post.agency), group: text(lang, `coverage.group.${post.group}`),
    })),
    trained: person.trainedTo !== null,
    until: person.trainedTo === null ? null
      : person.trainedTo === FOREVER ? say('for-good') : say('through', { day: showDate(lastDay(person.trainedTo) ?? '') }),
    criteria: person.criteria.map(({ id, held, minimum }) => say('held', { id, held, minimum })),
  };
}
