/**
 * Whether a drawing is safe to show. Only what a still drawing needs is let through: everything else (scripts, foreign
 * content, links, fetches, event handlers, entities) is refused by not being on the list.
 */
const ELEMENTS = new Set([
  'svg', 'g', 'defs', 'title', 'desc', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'path', 'text',
  'tspan', 'marker', 'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'pattern', 'symbol', 'use',
]);

const ATTRIBUTES = new Set([
  'xmlns', 'viewBox', 'width', 'height', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'dx', 'dy',
  'd', 'points', 'transform', 'fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-linecap',
  'stroke-linejoin', 'stroke-dasharray', 'stroke-dashoffset', 'stroke-opacity', 'stroke-miterlimit', 'opacity', 'id',
  'class', 'role', 'lang', 'xml:lang', 'xml:space', 'font-family', 'font-size', 'font-weight', 'font-style',
  'letter-spacing', 'text-anchor', 'dominant-baseline', 'text-decoration', 'alignment-baseline', 'baseline-shift',
  'word-spacing', 'marker-start', 'marker-mid', 'marker-end', 'markerWidth', 'markerHeight', 'markerUnits', 'orient',
  'refX', 'refY', 'offset', 'stop-color', 'stop-opacity', 'gradientUnits', 'gradientTransform', 'patternUnits',
  'patternTransform', 'patternContentUnits', 'clip-path', 'clip-rule', 'clipPathUnits', 'mask', 'preserveAspectRatio',
  'overflow', 'color', 'vector-effect', 'shape-rendering', 'text-rendering', 'paint-order', 'href', 'style',
  'textLength', 'lengthAdjust', 'focusable', 'version',
]);

export interface SvgProblem { line: number; code: string; what: string }

/** A comment, the XML declaration, an end tag, a start tag with its attributes, text, or a stray `<`. */
const TOKEN = new RegExp([
  '<!--[\\s\\S]*?-->', '<\\?xml [^?]*\\?>', '</([\\w:.-]+)\\s*>',
  '<([\\w:.-]+)((?:\\s+[\\w:.-]+\\s*=\\s*(?:"[^"<]*"|\'[^\'<]*\'))*)\\s*(/?)>', '[^<]+', '<',
].join('|'), 'g');
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export function inspectSvg(source: string): { problems: SvgProblem[]; size: { width: number; height: number } | null } {
  const problems: SvgProblem[] = [];
  const open: string[] = [];
  let size: { width: number; height: number } | null = null;
  let roots = 0;
  for (const match of source.matchAll(TOKEN)) {
    const [token, closed, opened, attributes = '', selfClosed] = match;
    const tell = (code: string, what: string) => problems.push({ line: lineAt(source, match.index), code, what });
    if (opened !== undefined) {
      if (open.length === 0) roots += 1;
      if (!ELEMENTS.has(opened)) tell('svg-unsafe', `<${opened}>`);
      if (open.length === 0 && opened !== 'svg') tell('svg-broken', `<${opened}>`);
      for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
        const value = double ?? single ?? '';
        if (!ATTRIBUTES.has(name) && !name.startsWith('aria-') && !name.startsWith('data-')) tell('svg-unsafe', name);
        else if (reachesOut(name, value)) tell('svg-unsafe', `${name}="${value.slice(0, 60)}"`);
        if (opened === 'svg' && name === 'viewBox') size = sizeOf(value);
      }
      if (!selfClosed) open.push(opened);
    } else if (closed !== undefined) {
      if (open.pop() !== closed) tell('svg-broken', `</${closed}>`);
    } else if (token === '<') {
      tell('svg-broken', source.slice(match.index, match.index + 20));
    } else if (!token.startsWith('<')) {
      if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(token)) tell('svg-broken', '&');
      // trim() takes a byte-order mark away too.
      if (open.length === 0 && token.trim() !== '') tell('svg-broken', token.trim().slice(0, 20));
    }
  }
  if (open.length > 0 || roots !== 1) problems.push({ line: 1, code: 'svg-broken', what: open.at(-1) ?? '<svg>' });
  if (problems.length === 0 && !size) problems.push({ line: 1, code: 'svg-without-viewbox', what: 'viewBox' });
  return { problems, size };
}

/** Whether a value asks for anything outside the drawing. */
function reachesOut(name: string, value: string): boolean {
  const plain = value.replace(/&#x?[\da-f]+;?/gi, '\0');
  if (plain.includes('\0') || plain.includes('\\')) return true;
  if (name === 'href') return !plain.startsWith('#');
  if (name === 'xmlns') return plain !== 'http://www.w3.org/2000/svg';
  if (/javascript:|data:|@import|expression\s*\(|\/\//i.test(plain)) return true;
  return [...plain.matchAll(/url\s*\(\s*['"]?\s*(.)/gi)].some((match) => match[1] !== '#');
}

function sizeOf(viewBox: string): { width: number; height: number } | null {
  const [, , width, height] = viewBox.trim().split(/[\s,]+/).map(Number);
  return width && height && width > 0 && height > 0 ? { width: Math.round(width), height: Math.round(height) } : null;
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
