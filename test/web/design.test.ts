import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Handlebars from 'handlebars';
import { icon, iconNames } from '../../src/web/icons.js';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
const templates = files
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }));
const styles = files.filter((name) => name.endsWith('.css')).sort();

describe('templates', () => {
  it.each(templates)('$name can be read by the template engine', ({ text }) => {
    expect(() => Handlebars.precompile(text)).not.toThrow();
  });

  it.each(templates)('$name keeps to the content policy: no inline style, script or handler', ({ text }) => {
    expect(text).not.toMatch(/\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)/);
  });

  it.each(templates)('$name names only icons that are drawn', ({ text }) => {
    const named = [...text.matchAll(/\{\{icon '([^']+)'/g)].map((match) => match[1]);
    expect(named.filter((name) => !iconNames.some((known) => known === name))).toEqual([]);
  });
});

describe('icons', () => {
  it('are hidden from screen readers', () => {
    expect(icon('check')).toContain('aria-hidden="true"');
  });

  it('are refused when they do not exist, so that no page is silently bare', () => {
    expect(() => icon('no-such-icon')).toThrow('no-such-icon');
  });
});

describe('styles', () => {
  it('weigh at most 12 KB on the line', () => {
    const whole = Buffer.concat(styles.map((name) => readFileSync(join(SOURCE, name))));
    expect(gzipSync(whole).length).toBeLessThanOrEqual(12 * 1024);
  });

  it('stand in one place', () => {
    expect(styles.filter((name) => !name.startsWith(join('web', 'styles')))).toEqual([]);
  });
});
