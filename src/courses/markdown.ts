import MarkdownIt, { type Token } from 'markdown-it';
import attributes from 'markdown-it-attrs';
import { searchable } from '../rules/names.js';

export interface Rendering {
  /** What a scrolling table is called for screen readers, in the language of the text. */
  tableLabel: string;
  /** Words of the link below a figure that opens it by itself: on a phone the letters in it are small. */
  openLabel: string;
  /** How far headings are pushed down: 0 where the page has its h1, 1 inside a section with an h2 of its own. */
  shift?: number;
  /** Where a picture of the course is found, and its size; null where there is none of that name. */
  image?: (name: string) => { src: string; width?: number; height?: number } | null;
}

/** The one attribute that a writer may set: the language of a passage, `*headline*{lang=en}`, or at the end of a paragraph. */
const LANGUAGES = { allowedAttributes: ['lang'] };
const markdown = new MarkdownIt('default', { html: false, linkify: false, typographer: false }).use(attributes, LANGUAGES);
/** Only to find HTML that does not belong there. Never renders. */
const withHtml = new MarkdownIt('default', { html: true }).use(attributes, LANGUAGES);

const attribute = (token: Token, name: string) => String(token.attrGet(name) ?? '');

/** Markdown to HTML without any HTML of the author's; safe to be shown as it is. */
export function renderMarkdown(source: string, rendering: Rendering): string {
  const tokens = markdown.parse(source.normalize('NFC'), {});
  addHeadingIds(tokens, rendering.shift ?? 0);
  const blocks = drawFigures(tokens, rendering.openLabel);
  let tables = 0;
  for (const token of blocks) {
    // Numbered: two regions of one name cannot be told apart by ear.
    if (token.type === 'table_open') token.meta = { label: `${rendering.tableLabel} (${tables += 1})` };
    for (const child of token.children ?? []) dress(child, rendering);
  }
  return markdown.renderer.render(blocks, markdown.options, {});
}

markdown.renderer.rules.table_open = (tokens, index) => {
  const label = markdown.utils.escapeHtml((tokens[index]?.meta as { label: string }).label);
  return `<div class="table-scroll" tabindex="0" role="region" aria-label="${label}"><table>\n`;
};
markdown.renderer.rules.table_close = () => '</table></div>\n';
markdown.renderer.rules.th_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('scope', 'col');
  return aligned(tokens[index] as Token, () => self.renderToken(tokens, index, options));
};
markdown.renderer.rules.td_open = (tokens, index, options, _env, self) =>
  aligned(tokens[index] as Token, () => self.renderToken(tokens, index, options));

/** The content policy allows no style attribute, so alignment becomes a class. */
function aligned(cell: Token, render: () => string): string {
  const style = attribute(cell, 'style');
  cell.attrs = (cell.attrs ?? []).filter(([name]) => name !== 'style');
  if (style.includes('right')) cell.attrSet('class', 'r');
  return render();
}

/** The anchors that the headings of a text have, as a link within it would name them. */
export function anchorsOf(source: string): Set<string> {
  const tokens = markdown.parse(source.normalize('NFC'), {});
  addHeadingIds(tokens, 0);
  return new Set(tokens.filter((token) => token.type === 'heading_open').map((token) => attribute(token, 'id')));
}

/** The running text of paragraphs, quotations and list items, without markup; headings and tables are left out. */
export function proseOf(source: string): string[] {
  const prose: string[] = [];
  let within = '';
  for (const token of markdown.parse(source.normalize('NFC'), {})) {
    if (/^(heading|table)_open$/.test(token.type)) within = token.type.replace('_open', '_close');
    if (token.type === within) within = '';
    if (token.type !== 'inline' || within !== '') continue;
    prose.push((token.children ?? []).map((child) => (
      child.type === 'image' ? '' : child.type.endsWith('break') ? ' ' : child.content)).join('').trim());
  }
  return prose.filter((paragraph) => paragraph !== '');
}

function addHeadingIds(tokens: Token[], shift: number): void {
  const taken = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
    const level = Math.min(6, Number(token.tag.slice(1)) + shift);
    token.tag = `h${level}`;
    if (token.type === 'heading_close') continue;
    const slug = searchable(tokens[index + 1]?.content ?? '').replaceAll(' ', '-') || 'muc';
    const seen = taken.get(slug) ?? 0;
    taken.set(slug, seen + 1);
    token.attrSet('id', `s-${slug}${seen > 0 ? `-${seen + 1}` : ''}`);
  }
}

/** A paragraph that is nothing but a picture becomes a figure, with the picture's title as its caption. */
function drawFigures(tokens: Token[], openLabel: string): Token[] {
  return tokens.map((token, index) => {
    const inline = token.type === 'paragraph_open' ? tokens[index + 1]
      : token.type === 'paragraph_close' ? tokens[index - 1] : null;
    if (inline?.children?.length === 1 && inline.children[0]?.type === 'image') {
      token.tag = 'figure';
      inline.children[0].meta = { openLabel };
    }
    return token;
  });
}

function dress(token: Token, rendering: Rendering): void {
  if (token.type === 'link_open' && /^https?:/i.test(attribute(token, 'href'))) token.attrSet('rel', 'noopener');
  if (token.type !== 'image') return;
  const picture = rendering.image?.(mediaName(attribute(token, 'src')) ?? '');
  token.attrSet('src', picture?.src ?? '');
  if (picture?.width && picture.height) {
    token.attrSet('width', String(picture.width));
    token.attrSet('height', String(picture.height));
  }
  token.attrSet('loading', 'lazy');
  token.attrSet('decoding', 'async');
}

const plainImage = markdown.renderer.rules.image;
markdown.renderer.rules.image = (tokens, index, options, env, self) => {
  const token = tokens[index] as Token;
  const openLabel = (token.meta as { openLabel?: string } | null)?.openLabel;
  if (openLabel === undefined) return plainImage?.(tokens, index, options, env, self) ?? '';
  const { escapeHtml } = markdown.utils;
  const caption = attribute(token, 'title');
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'title');
  const img = plainImage?.(tokens, index, options, env, self) ?? '';
  const open = `<a href="${escapeHtml(attribute(token, 'src'))}">${escapeHtml(openLabel)}</a>`;
  const sentence = caption === '' || /[.!?…]$/.test(caption) ? caption : `${caption}.`;
  return `${img}<figcaption>${escapeHtml(sentence)} ${open}</figcaption>`;
};

/** `../media/ten.svg` → `ten.svg`; null for a picture from anywhere else. */
export function mediaName(src: string): string | null {
  return /^\.\.\/media\/([^/]+)$/.exec(src)?.[1] ?? null;
}

export interface MarkdownParts {
  headings: { level: number; line: number }[];
  images: { src: string; alt: string; line: number }[];
  links: { href: string; line: number }[];
  html: { text: string; line: number }[];
  /** Heads of columns that say nothing. */
  emptyHeads: { line: number }[];
}

/** What a text is made of, with lines from 1, for the checker. */
export function partsOf(source: string): MarkdownParts {
  const parts: MarkdownParts = { headings: [], images: [], links: [], html: [], emptyHeads: [] };
  const tokens = withHtml.parse(source, {});
  for (const [index, token] of tokens.entries()) {
    let line = (token.map?.[0] ?? 0) + 1;
    if (token.type === 'heading_open') parts.headings.push({ level: Number(token.tag.slice(1)), line });
    if (token.type === 'th_open' && tokens[index + 1]?.content.trim() === '') parts.emptyHeads.push({ line: lineOfTable(tokens, index) });
    if (token.type === 'html_block') parts.html.push({ text: token.content.trim().slice(0, 40), line });
    for (const child of token.children ?? []) {
      if (child.type === 'softbreak' || child.type === 'hardbreak') line += 1;
      if (child.type === 'image') parts.images.push({ src: attribute(child, 'src'), alt: child.content, line });
      if (child.type === 'link_open') parts.links.push({ href: attribute(child, 'href'), line });
      if (child.type === 'html_inline') parts.html.push({ text: child.content, line });
    }
  }
  return parts;
}

/** Cells carry no line of their own; their row does. */
function lineOfTable(tokens: readonly Token[], index: number): number {
  for (let at = index; at >= 0; at -= 1) if (tokens[at]?.map) return (tokens[at]?.map?.[0] ?? 0) + 1;
  return 1;
}
