import pg from 'pg';

/** As it was sent; `name` where it is prepared under one. */
export interface Statement { text: string; values: unknown[]; name?: string }

/** Keeps the statements that this process sends, while it is asked to. */
export class Recorder {
  private statements: Statement[] | null = null;

  constructor() {
    const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
    const { query } = prototype;
    const keep = (asked: unknown, values: unknown) => {
      if (typeof asked === 'string') this.statements?.push({ text: asked, values: Array.isArray(values) ? values : [] });
      else if (isPrepared(asked)) this.statements?.push({ name: asked.name, text: asked.text, values: asked.values ?? [] });
    };
    prototype.query = function recorded(this: unknown, ...args: unknown[]) {
      keep(args[0], args[1]);
      return query.apply(this, args);
    };
  }

  begin(): void {
    this.statements = [];
  }

  end(): Statement[] {
    const said = this.statements ?? [];
    this.statements = null;
    return said;
  }
}

function isPrepared(asked: unknown): asked is { name?: string; text: string; values?: unknown[] } {
  return typeof asked === 'object' && asked !== null && typeof (asked as { text?: unknown }).text === 'string';
}
