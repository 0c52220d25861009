/** What a page handler answers with; the page interceptor turns it into HTML or a redirect. */
export class Page {
  constructor(
    /** `feature/view`: src/<feature>/views/<view>.hbs */
    readonly view: string,
    /** What the view shows. `title` is a finished sentence in the reader's language. */
    readonly facts: PageFacts,
    readonly status = 200,
  ) {}
}

export interface PageFacts {
  title: string;
  /** Work pages (tables) are wide; reading pages keep the measure. */
  wide?: boolean;
  crumbs?: { href: string; label: string }[];
  /** Names of files in web/scripts that this page is more comfortable with. */
  scripts?: string[];
  /** Which entry of the navigation is current. */
  at?: string;
  [fact: string]: unknown;
}

export class Redirect {
  constructor(
    readonly to: string,
    /** Said once on the next page: a key of the texts with its parameters. */
    readonly notice?: { key: string; params?: Record<string, unknown>; kind?: 'ok' | 'info' | 'error' },
  ) {}
}

export const page = (view: string, facts: PageFacts, status = 200) => new Page(view, facts, status);

/** After a form: 303, so that going back or reloading never sends it again. */
export const redirectTo = (to: string, notice?: Redirect['notice']) => new Redirect(to, notice);
