import exceljs from 'exceljs';
import { parse } from 'csv-parse/sync';
import supertest, { type Test } from 'supertest';
import { RecogniseLearning } from '../../src/certificates/index.js';
import { PublishTargets } from '../../src/programmes/index.js';
import { signInApi, signInPages, type PageAgent } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { AgencyRow, PersonRow } from '../support/world.js';

export interface CoverageAnswer {
  target: string; asOf: string; knownAs: string; ruleVersion: number; threshold: number;
  within: { agencyCode: string } | null;
  total: AnsweredFigure; rows: (AnsweredFigure & { agencyCode: string; name: { vi: string; en: string }; type: string })[];
  overlap: { roster: number; trained: number } | null; outside: { roster: number; trained: number } | null;
}
export interface AnsweredFigure {
  roster: number; trained: number; rate: number | null; gap: number | null; met: boolean | null; completions?: number;
  byGroup: { group: string; roster: number; trained: number; rate: number | null }[];
}

/** A country with targets published, and somebody of each kind who may ask. */
export async function countryWithTargets() {
  const testApp = await createTestApp();
  await testApp.app.get(PublishTargets).run();
  const country = await testApp.world.country();
  const { nation, province, department, neighbour, unit, commune, commune2 } = country;
  const account = (username: string, at: AgencyRow, roles: { role: 'coordinator' | 'leader' | 'national' | 'administrator' | 'author'; agency: AgencyRow }[]) =>
    testApp.world.account(username, at, { group: 'official', roles });
  await account('quocgia', unit, [{ role: 'national', agency: nation }]);
  await account('tinh', department, [{ role: 'coordinator', agency: province }]);
  await account('lang-gieng', neighbour, [{ role: 'leader', agency: neighbour }]);
  await account('hai-noi', department, [{ role: 'coordinator', agency: commune }, { role: 'coordinator', agency: commune2 }]);
  await account('hocvien', commune, []);
  await account('quantri', unit, [{ role: 'administrator', agency: nation }]);
  return { testApp, country };
}

/** Somebody on the roster of the 70 % target, trained from a day on or not at all. */
export async function officer(testApp: TestApp, agency: AgencyRow, options: {
  name?: string; group?: string; trainedFrom?: string; trainedTo?: string; onLeave?: boolean; from?: string; to?: string;
} = {}): Promise<PersonRow> {
  const person = await testApp.world.person(options.name);
  await testApp.world.post(person, agency, options);
  if (options.trainedFrom) await train(testApp, person, options.trainedFrom, options.trainedTo);
  return person;
}

/** Both criteria recognised, by the use case, so that all that follows from it happens. */
export async function train(testApp: TestApp, person: PersonRow, from: string, to?: string): Promise<void> {
  const learn = testApp.app.get(RecogniseLearning);
  await testApp.database.inTransaction(async (tx) => {
    for (const [criterion, periods] of [['K1', 24], ['K2', 16]] as const) {
      await learn.run(tx, { personId: person.id, criterion, periods, title: 'Lớp', evidence: 'Giấy', from, to, decidedBy: null }, testApp.clock.now());
    }
  });
}

export class Asking {
  private constructor(private readonly testApp: TestApp, readonly token: string) {}

  static async as(testApp: TestApp, username: string): Promise<Asking> {
    return new Asking(testApp, await signInApi(testApp.app, username));
  }

  get(path: string): Test {
    return supertest(this.testApp.app.getHttpServer()).get(path).set('authorization', `Bearer ${this.token}`);
  }

  async coverage(query = ''): Promise<CoverageAnswer> {
    const answer = await this.get(`/api/v1/coverage${query}`);
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body as CoverageAnswer;
  }

  async csv(path: string): Promise<Record<string, string>[]> {
    const answer = await this.get(path).expect(200).expect('content-type', /text\/csv/);
    return parse(answer.text, { columns: true, bom: true });
  }

  /** The cells of the first sheet. */
  async xlsx(path: string): Promise<exceljs.CellValue[][]> {
    const answer = await this.get(path).buffer().parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
    expect(answer.status).toBe(200);
    const book = new exceljs.Workbook();
    await book.xlsx.load(answer.body as never);
    const lines: exceljs.CellValue[][] = [];
    book.worksheets[0]?.eachRow((row) => lines.push((row.values as exceljs.CellValue[]).slice(1)));
    return lines;
  }
}

export const pagesAs = (testApp: TestApp, username: string): Promise<PageAgent> => signInPages(testApp.app, username);

/** The cells of a table of a page, as a reader sees them. */
export function cellsOf(html: string, id: string): string[][] {
  const table = new RegExp(`<table[^>]*id="${id}"[^>]*>(.*?)</table>`, 's').exec(html)?.[1] ?? '';
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map((row) => [...(row[1] ?? '').matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)]
    .map((cell) => (cell[1] ?? '').replace(/<br>/g, ' ').replace(/<span class="sr">.*?<\/span>/gs, '').replace(/<[^>]+>/g, '').replace(/\s+/g, ' ').trim()));
}
