import { inspectSvg } from '../../src/courses/files/svg.js';

const wrap = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320"${attributes}>${inside}</svg>`;

describe('looking into a drawing', () => {
  it('lets a plain drawing through and reads its size', () => {
    const drawing = `<?xml version="1.0"?>\n<!-- chú thích -->\n${wrap('<defs><marker id="m"><path d="M0 0"/></marker></defs>'
      + '<g font-size="14" fill="#1b2430"><text x="1" y="2">Cơ quan &amp; dân</text><line marker-end="url(#m)" x1="0"/></g>'
      + '<use href="#m"/><rect style="fill: url(#m)" width="1"/>', ' role="img" aria-labelledby="t"')}\n`;
    expect(inspectSvg(drawing)).toEqual({ problems: [], size: { width: 640, height: 320 } });
  });

  it.each([
    ['a script', wrap('<script>alert(1)</script>')],
    ['an event handler', wrap('', ' onload="alert(1)"')],
    ['a handler in capitals', wrap('', ' ONLOAD="alert(1)"')],
    ['foreign HTML', wrap('<foreignObject><div/></foreignObject>')],
    ['a picture from elsewhere', wrap('<image href="https://example.vn/a.png"/>')],
    ['a link', wrap('<a href="https://example.vn">x</a>')],
    ['a use from elsewhere', wrap('<use href="https://example.vn/a.svg#b"/>')],
    ['the older spelling of href', wrap('<use xlink:href="#a"/>')],
    ['a style sheet', wrap('<style>@import "https://example.vn";</style>')],
    ['a style that fetches', wrap('<rect style="fill: url(https://example.vn/a)"/>')],
    ['a style that fetches behind an escape', wrap('<rect style="fill: u\\72l(//example.vn)"/>')],
    ['an address behind character references', wrap('<use href="&#106;avascript:alert(1)"/>')],
    ['data within', wrap('<rect fill="url(data:image/png;base64,AA)"/>')],
    ['an animation', wrap('<animate attributeName="href"/>')],
    ['a script in another name space', wrap('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>')],
  ])('refuses %s', (_case, source) => {
    expect(inspectSvg(source).problems.map((problem) => problem.code)).toContain('svg-unsafe');
  });

  it.each([
    ['a document type', `<!DOCTYPE svg [<!ENTITY a "b">]>${wrap('')}`],
    ['an entity of its own', wrap('<text>&a;</text>')],
    ['a section of raw text', wrap('<![CDATA[<script>]]>')],
    ['an attribute without quotes', wrap('<rect onclick=alert(1) />')],
    ['a tag that is not closed', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g></svg>'],
    ['text behind the drawing', `${wrap('')} và chữ`],
    ['two drawings', wrap('') + wrap('')],
    ['nothing', ''],
    ['something else', '<html></html>'],
  ])('refuses %s', (_case, source) => {
    expect(inspectSvg(source).problems.length).toBeGreaterThan(0);
  });

  it('names the line', () => {
    expect(inspectSvg(wrap('\n\n<script/>')).problems).toEqual([{ line: 3, code: 'svg-unsafe', what: '<script>' }]);
  });

  it('asks for a viewBox', () => {
    expect(inspectSvg('<svg xmlns="http://www.w3.org/2000/svg"></svg>').problems[0]?.code).toBe('svg-without-viewbox');
  });
});
