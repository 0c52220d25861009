import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bothLanguages, checkWriting, error, inOrder, readYaml, type Finding } from '../courses/index.js';
import { isCivilDate } from '../rules/civil-date.js';
import { GROUPS } from './programme-files.js';
import type { TargetVersion } from './target-version.js';

const FILE = 'targets.yaml';

const targetsShape = z.strictObject({
  rule_version: z.number().int().min(1).max(1000),
  criteria: z.record(z.string().regex(/^K\d$/, 'criterion-code-wrong'),
    z.strictObject({ title: bothLanguages, minimum: z.number().int().min(1).max(400) })),
  targets: z.array(z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'target-id-wrong'),
    default: z.boolean().default(false),
    title: bothLanguages,
    counts: z.enum(['people', 'headcount']),
    groups: z.array(z.enum(GROUPS)).default([]),
    criteria: z.array(z.string()).default([]),
    threshold: z.number().int().min(1).max(100),
    deadline: z.string().refine(isCivilDate, 'date-wrong'),
    legal_basis: bothLanguages,
    note: bothLanguages,
  })).min(1),
});

export interface TargetFile { version: TargetVersion; sha256: string; line: number }

/** Reads and checks what is measured. */
export async function readTargets(root: string): Promise<{ targets: TargetFile[]; findings: Finding[] }> {
  const text = await readFile(join(root, FILE), 'utf8');
  const { found, findings } = readYaml(FILE, text, targetsShape);
  const all = [...findings, ...checkWriting([{ file: FILE, text }])];
  if (!found) return { targets: [], findings: inOrder(all) };
  const { value, at } = found;
  const defaults = value.targets.filter((target) => target.default);
  if (defaults.length !== 1) all.push(error(at('targets'), 'target-default-not-single'));
  const targets = value.targets.map((target, index): TargetFile => {
    const place = at('targets', index);
    const { id } = target;
    if (value.targets.findIndex((other) => other.id === id) < index) all.push(error(place, 'target-twice', { id }));
    if (target.counts === 'people' && (target.groups.length === 0 || target.criteria.length === 0)) {
      all.push(error(place, 'target-counts-nobody', { id }));
    }
    const criteria = target.criteria.flatMap((code, position) => {
      const criterion = value.criteria[code];
      if (!criterion) all.push(error(at('targets', index, 'criteria', position), 'criterion-unknown', { id: code }));
      return criterion ? [{ id: code, title: criterion.title, minimum: criterion.minimum }] : [];
    });
    const version: TargetVersion = {
      target: id, ruleVersion: value.rule_version, title: target.title, isDefault: target.default,
      counts: target.counts, groups: target.groups, criteria, threshold: target.threshold, deadline: target.deadline,
      legalBasis: target.legal_basis, note: target.note,
    };
    return { version, sha256: createHash('sha256').update(JSON.stringify(version)).digest('hex'), line: place.line };
  });
  return { targets, findings: inOrder(all) };
}

/** A rule that changes needs a new number: figures say under which version they were counted. */
export const ruleChanged = ({ line, version }: TargetFile): Finding =>
  error({ file: FILE, line }, 'target-rule-changed', { id: version.target, version: version.ruleVersion });
