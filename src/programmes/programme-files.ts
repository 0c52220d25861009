import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bothLanguages, competences, error, hashOf, readYaml, type Finding, type Located } from '../courses/index.js';

export const GROUPS = [
  'communication', 'grassroots-information', 'external-information', 'leader', 'official', 'press', 'other',
] as const;
export const CRITERIA = ['K1', 'K2'] as const;

const programmeShape = z.strictObject({
  code: z.string().regex(/^([A-Z]|LT\d)$/, 'programme-code-wrong'),
  title: bothLanguages,
  summary: bothLanguages,
  audience: z.strictObject({ groups: z.array(z.enum(GROUPS)).min(1), text: bothLanguages }),
  periods: z.number().int().min(1).max(400),
  criteria: z.array(z.enum(CRITERIA)),
  /** Id of the target that completing the programme suffices for. */
  path: z.string().optional(),
  outcomes: z.array(bothLanguages).min(1),
  competences: competences.optional(),
  courses: z.array(z.union([
    z.strictObject({ course: z.string(), required: z.boolean() }),
    z.strictObject({
      course: z.string(), state: z.literal('preparation'), title: bothLanguages,
      periods: z.number().int().min(1).max(200),
    }),
  ])).min(1),
  certificate: z.boolean(),
});
export type ProgrammeShape = z.output<typeof programmeShape>;

/** A programme as it stands in its file. */
export interface ProgrammeFile {
  /** Name of the file without its ending. */
  slug: string;
  file: string;
  text: string;
  sha256: string;
  programme: Located<ProgrammeShape> | null;
  unread: Finding[];
}

/** Reads all programmes of a folder of courses. */
export async function readProgrammes(root: string): Promise<ProgrammeFile[]> {
  const names = (await readdir(join(root, 'programmes'))).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(names.map(async (name) => {
    const file = `programmes/${name}`;
    const body = await readFile(join(root, 'programmes', name));
    const text = body.toString('utf8');
    const slug = name.replace(/\.yaml$/, '');
    const read = readYaml(file, text, programmeShape);
    const misnamed = /^[a-z0-9-]+$/.test(slug) ? [] : [error({ file, line: 1 }, 'programme-file-name-wrong')];
    const sha256 = hashOf([{ name: file, body }]);
    return { slug, file, text, sha256, programme: read.found, unread: [...read.findings, ...misnamed] };
  }));
}
