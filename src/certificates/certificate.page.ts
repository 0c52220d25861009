import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { addDays, civilDateOf, FOREVER, showDate } from '../rules/civil-date.js';
import type { CheckedCertificate } from './read-certificate.js';

interface Line { term: string; text: string; lang?: string }

/** Everything that was certified, line by line, as the check shows it beside the paper. */
export function certificateLines(certificate: CheckedCertificate, lang: Language): Line[] {
  const { facts } = certificate;
  const say = (key: string, params: Record<string, unknown> = {}) => text(lang, `certificates.verify.${key}`, params);
  const lines: (Line | null)[] = [
    { term: say('number'), text: certificate.number },
    { term: say('name'), text: facts.name, lang: 'vi' },
    facts.position ? { term: say('position'), text: facts.position, lang: 'vi' } : null,
    facts.agency ? { term: say('agency'), text: facts.agency[lang] } : null,
    { term: say('kind'), text: say(`kind-${facts.kind}`) },
    { term: say(`learned-${facts.kind}`), text: `${facts.code}. ${facts.title[lang]}` },
    { term: say('content-version'), text: String(facts.version) },
    { term: say('periods'), text: say('periods-value', { periods: facts.periods }) },
    { term: say('time'), text: say('time-value', { from: showDate(facts.from), to: showDate(facts.to) }) },
    facts.score === null ? null : { term: say('score'), text: say('score-value', { score: facts.score }) },
    facts.assignmentPassed ? { term: say('assignment'), text: say('assignment-value') } : null,
    facts.proofs.length === 0 ? null : {
      term: say('proofs'),
      text: facts.proofs.map((proof) => `${proof.criterion}: ${say('periods-value', { periods: proof.periods })}`).join('; '),
    },
    facts.courses.length === 0 ? null : {
      term: say('courses'), text: facts.courses.map((course) => `${course.code}. ${course.title[lang]}`).join('; '),
    },
    { term: say('issued-on'), text: showDate(certificate.issuedOn) },
    // Half-open inside, inclusive on paper and screen.
    { term: say('valid-to'), text: certificate.validTo === FOREVER ? say('for-good') : showDate(addDays(certificate.validTo, -1)) },
  ];
  return lines.filter((line) => line !== null).map((line) => (line.lang === lang ? { term: line.term, text: line.text } : line));
}

/** The verdict and what it means. */
export function verdictOf(certificate: CheckedCertificate | null, lang: Language): { state: string; title: string; text: string } {
  const say = (key: string, params: Record<string, unknown> = {}) => text(lang, `certificates.verify.${key}`, params);
  if (!certificate) return { state: 'unknown', title: say('state-unknown'), text: say('unknown-text') };
  const because: Record<CheckedCertificate['state'], () => string> = {
    valid: () => say('compare'),
    expired: () => `${say('expired-on', { date: showDate(addDays(certificate.validTo, -1)) })} ${say('compare')}`,
    superseded: () => `${say('superseded-by', { number: certificate.supersededByNumber })} ${say('compare')}`,
    revoked: () => say('revoked-on', {
      date: certificate.revokedAt ? showDate(civilDateOf(certificate.revokedAt)) : '', reason: certificate.revokedBecause ?? '',
    }),
  };
  return { state: certificate.state, title: say(`state-${certificate.state}`), text: because[certificate.state]() };
}

/** What the API and the JSON of the public check say: the same content as the page. */
export function certificateJson(certificate: CheckedCertificate) {
  const { facts } = certificate;
  return {
    number: certificate.number,
    verifyCode: certificate.verifyCode,
    verifyUrl: certificate.verifyUrl,
    state: certificate.state,
    trial: certificate.trial,
    issuedOn: certificate.issuedOn,
    validThrough: certificate.validTo === FOREVER ? null : addDays(certificate.validTo, -1),
    revokedBecause: certificate.revokedBecause,
    supersededBy: certificate.supersededByNumber,
    ...facts,
  };
}
