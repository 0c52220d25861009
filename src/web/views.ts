import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import type { Language } from '../platform/config.js';
import { foreignLanguage, localText, showDateTime, showNumber, showTime, text, type LocalText } from '../platform/texts.js';
import { showDate } from '../rules/civil-date.js';
import type { Assets } from './assets.js';
import { icon } from './icons.js';

const SOURCE = join(import.meta.dirname, '..');

interface Root {
  page: { lang: Language; csrf: string };
}

/**
 * The templates of all features: `feature/view` from src/<feature>/views/<view>.hbs, partials from web/partials, and
 * partials of a feature as `feature/_name`. Compiled once. Everything is escaped unless a template says {{{…}}}.
 */
export class Views {
  private readonly handlebars = Handlebars.create();
  private readonly views = new Map<string, Handlebars.TemplateDelegate>();

  constructor(private readonly assets: Assets) {
    this.addHelpers();
    for (const feature of readdirSync(SOURCE, { withFileTypes: true })) {
      if (feature.isDirectory()) this.load(join(SOURCE, feature.name, 'views'), feature.name);
    }
    this.load(join(SOURCE, 'web', 'layouts'), 'layouts');
    const partials = join(SOURCE, 'web', 'partials');
    for (const file of hbsIn(partials)) {
      this.handlebars.registerPartial(basename(file, '.hbs'), readFileSync(join(partials, file), 'utf8'));
    }
  }

  has(view: string): boolean {
    return this.views.has(view);
  }

  /** @throws Error when there is no such view */
  render(view: string, data: object): string {
    const template = this.views.get(view);
    if (!template) throw new Error(`No view ${view}`);
    return template(data, { allowProtoPropertiesByDefault: false });
  }

  private load(folder: string, feature: string): void {
    for (const file of hbsIn(folder)) {
      const name = `${feature}/${basename(file, '.hbs')}`;
      const source = readFileSync(join(folder, file), 'utf8');
      if (file.startsWith('_')) this.handlebars.registerPartial(name, source);
      else this.views.set(name, this.handlebars.compile(source, { strict: false, preventIndent: true }));
    }
  }

  private addHelpers(): void {
    const rootOf = (options: Handlebars.HelperOptions) => (options.data as { root: Root }).root;
    const lang = (options: Handlebars.HelperOptions) => rootOf(options).page.lang;
    const helpers: Record<string, Handlebars.HelperDelegate> = {
      t: (key: string, options: Handlebars.HelperOptions) => text(lang(options), key, options.hash),
      // Inside a text of content: the language that there is.
      local: (value: LocalText | undefined, options: Handlebars.HelperOptions) =>
        (value ? localText(lang(options), value) : ''),
      // ` lang="…"` where content is in another language than the page.
      langOf: (value: LocalText | undefined, options: Handlebars.HelperOptions) => {
        const foreign = value && foreignLanguage(lang(options), value);
        return foreign ? new Handlebars.SafeString(` lang="${foreign}"`) : '';
      },
      num: (value: number | null | undefined, options: Handlebars.HelperOptions) =>
        (value === null || value === undefined ? '' : showNumber(lang(options), Number(value))),
      rate: (value: number | null | undefined, options: Handlebars.HelperOptions) => showRate(lang(options), value),
      date: (value: string | undefined) => (value ? showDate(value) : ''),
      time: (value: Date | string | undefined) => (value ? showTime(new Date(value)) : ''),
      datetime: (value: Date | string | undefined) => (value ? showDateTime(new Date(value)) : ''),
      iso: (value: Date | undefined) => (value ? value.toISOString() : ''),
      icon: (name: string) => new Handlebars.SafeString(icon(name)),
      asset: (name: string) => this.assets.href(name),
      csrf: (options: Handlebars.HelperOptions) => new Handlebars.SafeString(
        `<input type="hidden" name="_csrf" value="${Handlebars.escapeExpression(rootOf(options).page.csrf)}">`),
      json: (value: unknown) => JSON.stringify(value),
      eq: (a: unknown, b: unknown) => a === b,
      not: (a: unknown) => !a,
      and: (...args: unknown[]) => args.slice(0, -1).every(Boolean),
      or: (...args: unknown[]) => args.slice(0, -1).some(Boolean),
      gt: (a: number, b: number) => a > b,
      add: (a: number, b: number) => a + b,
      includes: (list: unknown[] | undefined, item: unknown) => list?.includes(item) ?? false,
      concat: (...args: unknown[]) => args.slice(0, -1).join(''),
      array: (...args: unknown[]) => args.slice(0, -1),
      object: (options: Handlebars.HelperOptions) => ({ ...options.hash }),
    };
    for (const [name, helper] of Object.entries(helpers)) this.handlebars.registerHelper(name, helper);
  }
}

/** A rate in tenths of a percent, already rounded down: 699 → `69,9 %`. None where nothing was declared. */
export function showRate(lang: Language, tenths: number | null | undefined): string {
  if (tenths === null || tenths === undefined) return text(lang, 'web.rate.undeclared');
  const shown = `${Math.floor(tenths / 10)}${lang === 'vi' ? ',' : '.'}${tenths % 10}`;
  return lang === 'vi' ? `${shown} %` : `${shown}%`;
}

function hbsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.hbs')).sort() : [];
}
