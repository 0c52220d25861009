import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { showDate } from '../rules/civil-date.js';
import type { Person } from './people.repository.js';

/** What is kept of a person, as a list of terms; what is not known says so. */
export function personFacts(
  person: Person,
  lang: Language,
  more: { term: string; text: string }[] = [],
): { term: string; text: string }[] {
  const unknown = text(lang, 'roster.person.unknown');
  return [
    ...more,
    { term: text(lang, 'roster.person.birth-date'), text: person.birthDate ? showDate(person.birthDate) : unknown },
    {
      term: text(lang, 'roster.person.national-id'),
      text: person.nationalIdTail ? `••• ••• ••• ${person.nationalIdTail}` : unknown,
    },
    { term: text(lang, 'roster.person.email'), text: person.email ?? unknown },
    { term: text(lang, 'roster.person.phone'), text: person.phone ?? unknown },
  ];
}
