import { isNode, isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { error, type Finding, type Place } from './finding.js';

type Path = readonly PropertyKey[];

/** A value read from a file that still knows on which line each of its parts stands. */
export interface Located<T> {
  value: T;
  at: (...path: PropertyKey[]) => Place;
}

export type Read<T> = { found: Located<T>; findings: Finding[] } | { found: null; findings: Finding[] };

/**
 * Reads YAML into a shape, telling every place where it does not fit, not the first only.
 * @param firstLine the line of the file on which the text begins (front matter begins below its dashes)
 */
export function readYaml<T extends z.ZodType>(file: string, text: string, schema: T, firstLine = 1): Read<z.output<T>> {
  const raw = parse(file, text, firstLine);
  if (!raw.found) return raw;
  const { findings, value } = fit(schema, raw.found.value, raw.found.at);
  return findings ? { found: null, findings } : { found: { value, at: raw.found.at }, findings: [] };
}

/** Reads a list item by item: one that is broken does not hide the others. */
export function readYamlList<T extends z.ZodType>(
  file: string, text: string, item: T,
): { items: Located<z.output<T>>[]; findings: Finding[] } {
  const raw = parse(file, text, 1);
  if (!raw.found) return { items: [], findings: raw.findings };
  const { value: list, at } = raw.found;
  if (!Array.isArray(list)) return { items: [], findings: [error(at(), 'list-expected')] };
  const items: Located<z.output<T>>[] = [];
  const findings: Finding[] = [];
  for (const [index, one] of (list as unknown[]).entries()) {
    const place = (...path: PropertyKey[]) => at(index, ...path);
    const read = fit(item, one, place);
    if (read.findings) findings.push(...read.findings);
    else items.push({ value: read.value, at: place });
  }
  return { items, findings };
}

function parse(file: string, text: string, firstLine: number): Read<unknown> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const broken = (line: number, reason: string) => error({ file, line }, 'yaml-unreadable', { reason });
  if (document.errors.length > 0) {
    return { found: null, findings: document.errors.map((fault) => broken(lineOf(fault.pos[0]), fault.message)) };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 20 });
    return { found: { value, at: (...path) => ({ file, line: lineOf(offsetOf(document, path)) }) }, findings: [] };
  } catch (fault) {
    return { found: null, findings: [broken(firstLine, (fault as Error).message)] };
  }
}

function fit<T extends z.ZodType>(
  schema: T, raw: unknown, at: Located<T>['at'],
): { findings: Finding[]; value?: undefined } | { findings: null; value: z.output<T> } {
  const read = schema.safeParse(raw);
  if (read.success) return { findings: null, value: read.data };
  return { findings: deepest(read.error.issues).flatMap((issue) => asFindings(issue, at, raw)) };
}

/** Of a union, the issues of the branch that went furthest say most; a discriminated one has a single branch. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'invalid_key') return issue.issues.map((inner) => ({ ...inner, path: issue.path }));
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const branch = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
    return deepest(branch).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  });
}

const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));

const CODE = /^[a-z][a-z0-9-]*$/;

function asFindings(issue: z.core.$ZodIssue, at: (...path: PropertyKey[]) => Place, raw: unknown): Finding[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => error(at(...path, key), 'field-unknown', { field: [...path, key].join('.') }));
  }
  const field = path.map(String).join('.');
  const given = valueAt(raw, path);
  if (issue.code === 'invalid_type' && given === undefined) return [error(at(...path), 'field-missing', { field })];
  const value = shown(given);
  // The only choice between shapes that is left here is the type of a question.
  if (issue.code === 'invalid_union') return [error(at(...path), 'question-type-unknown', { value })];
  if (CODE.test(issue.message)) return [error(at(...path), issue.message, { field, value })];
  return [error(at(...path), 'field-wrong', { field, value, expected: expectation(issue) })];
}

/** What would have fitted, in the notation of the format itself. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type': return issue.expected;
    case 'invalid_value': return issue.values.map(String).join(' | ');
    case 'too_small': return `≥ ${issue.minimum}`;
    case 'too_big': return `≤ ${issue.maximum}`;
    case 'invalid_format': return issue.format === 'regex' ? String(issue.pattern) : issue.format;
    default: return issue.message;
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner === null || typeof inner !== 'object' ? undefined
    : (inner as Record<PropertyKey, unknown>)[key]), value);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Where a part begins; of what is missing, where the nearest thing around it begins. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const step of path) {
    if (typeof node !== 'object' || node === null || !('items' in node)) break;
    const items = (node as { items: unknown[] }).items;
    const pair = items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step);
    if (isPair(pair)) {
      offset = startOf(pair.key, offset);
      node = pair.value;
    } else if (typeof step === 'number' && isNode(items[step])) {
      node = items[step];
      offset = startOf(node, offset);
    } else {
      break;
    }
  }
  return offset;
}

function startOf(node: unknown, otherwise = 0): number {
  return isNode(node) ? (node as Node).range?.[0] ?? otherwise : otherwise;
}
