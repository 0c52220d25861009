import { Refusal, type Problem } from '../platform/errors.js';
import { text } from '../platform/texts.js';
import type { Language } from '../platform/config.js';
import { sentence } from './error.filter.js';
import type { Page } from './page.js';

export interface FormState {
  /** What was typed, to be shown again. */
  values: Record<string, unknown>;
  /** For the summary on top: each sentence with the field it links to. */
  problems: { field?: string; text: string }[];
  /** The sentence under each field. */
  errors: Record<string, string>;
}

export const emptyForm = (values: Record<string, unknown> = {}): FormState => ({ values, problems: [], errors: {} });

/**
 * Runs a form's use case; when it is refused, shows the form again with what was typed, a summary on top and a
 * sentence under each field (status 422 or as refused). Faults and missing things go on to the error page.
 */
export async function formAgain<T>(
  lang: Language,
  typed: unknown,
  work: () => Promise<T>,
  again: (form: FormState) => Promise<Page> | Page,
): Promise<T | Page> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || [401, 403, 404].includes(error.status) || error.status >= 500) throw error;
    const list: Problem[] = error.problems.length > 0 ? error.problems : [{ code: error.code, params: error.params }];
    const problems = list.map((problem) => ({ field: problem.field, text: sentence(lang, problem.code, problem.params ?? {}) }));
    const errors: Record<string, string> = {};
    for (const problem of problems) if (problem.field && !errors[problem.field]) errors[problem.field] = problem.text;
    const { _csrf, password, ...values } = (typed ?? {}) as Record<string, unknown>;
    void _csrf; void password;
    const shown = await again({ values, problems, errors });
    const title = text(lang, 'pages.form-error-title', { title: shown.facts.title });
    return Object.assign(shown, { status: error.status, facts: { ...shown.facts, title } });
  }
}
