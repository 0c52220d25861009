import pg from 'pg';

export interface Statement { text: string; values: unknown[] }

/** Keeps the statements that this process sends, while it is asked to. */
export class Recorder {
  private statements: Statement[] | null = null;

  constructor() {
    const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
    const { query } = prototype;
    const keep = (text: unknown, values: unknown) => {
      if (typeof text === 'string') this.statements?.push({ text, values: Array.isArray(values) ? values : [] });
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
