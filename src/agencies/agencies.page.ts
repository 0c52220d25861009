import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { AGENCY_TYPES } from '../rules/agency-types.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { PageFacts } from '../web/index.js';
import type { Agency, AgencyRow } from './agencies.repository.js';

interface Shown {
  lang: Language;
  chain: Agency[];
  agencies: AgencyRow[];
  next: string | null;
  total: number;
  query: { q?: string; type?: string; asOf?: CivilDate; parent?: string };
  today: CivilDate;
  mayImport: boolean;
}

/** The tree, one level at a time, or what a search found. */
export function agenciesPage({ lang, chain, agencies, next, total, query, today, mayImport }: Shown): PageFacts {
  const searching = query.q !== undefined || query.type !== undefined;
  const here = chain.at(-1);
  const keep = (change: Record<string, string | undefined>) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...query, ...change })) if (value) params.set(name, value);
    const search = params.toString();
    return search ? `/agencies?${search}` : '/agencies';
  };
  const at = (code: string) => keep({ parent: code, q: undefined, type: undefined });
  const title = searching
    ? text(lang, 'agencies.found', { count: total })
    : text(lang, 'agencies.under', { name: here?.name[lang] ?? '', count: total });
  return {
    title, wide: true, scripts: ['filter.js'],
    crumbs: searching
      ? [
          { href: keep({ q: undefined, type: undefined }), label: text(lang, 'agencies.title') },
          { href: '', label: title },
        ]
      : chain.length < 2
        ? []
        : chain.map((agency, index) => ({
            href: index < chain.length - 1 ? at(agency.code) : '',
            label: agency.name[lang],
          })),
    searching,
    asOf: query.asOf ?? today,
    past: query.asOf !== undefined && query.asOf !== today,
    form: { q: query.q ?? '', type: query.type ?? '', asOf: query.asOf ?? '' },
    types: AGENCY_TYPES.filter((type) => type !== 'nation').map((type) => ({
      value: type,
      label: text(lang, `agencies.types.${type}`),
    })),
    agencies: agencies.map((agency) => ({
      code: agency.code, name: agency.name[lang], type: text(lang, `agencies.types.${agency.type}`),
      parent: agency.parentCode, from: agency.from,
      href: agency.children > 0 ? at(agency.code) : null,
      children: agency.children,
    })),
    next: next ? keep({ cursor: next }) : null,
    mayImport,
  };
}
