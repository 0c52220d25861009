import { partsOf, renderMarkdown, type Rendering } from '../../src/courses/markdown.js';

const rendering: Rendering = {
  tableLabel: 'Bảng',
  openLabel: 'Mở hình',
  image: (name) => (name === 'so-do.svg' ? { src: '/courses/media/7/so-do.svg', width: 640, height: 320 } : null),
};
const render = (source: string, more: Partial<Rendering> = {}) => renderMarkdown(source, { ...rendering, ...more });

describe('rendering a lesson', () => {
  it('shows HTML of the author as text', () => {
    expect(render('Một <script>alert(1)</script> hai')).toBe('<p>Một &lt;script&gt;alert(1)&lt;/script&gt; hai</p>\n');
    expect(render('<img src=x onerror=alert(1)>')).not.toContain('<img');
  });

  it('makes no link that runs a script', () => {
    expect(render('[x](javascript:alert(1))')).not.toContain('<a');
    expect(render('[x](data:text/html,abc)')).not.toContain('<a');
  });

  it('marks links to elsewhere', () => {
    expect(render('[x](https://example.vn/a)')).toContain('<a href="https://example.vn/a" rel="noopener">');
    expect(render('[x](/programmes)')).toContain('<a href="/programmes">');
  });

  it('gives headings an address of their own and pushes them down', () => {
    expect(render('## Việc làm\n\n## Việc làm')).toBe('<h2 id="s-viec-lam">Việc làm</h2>\n<h2 id="s-viec-lam-2">Việc làm</h2>\n');
    expect(render('## Việc làm', { shift: 1 })).toBe('<h3 id="s-viec-lam">Việc làm</h3>\n');
  });

  it('draws a picture of the course, with its size and caption', () => {
    expect(render('![Một ô](../media/so-do.svg "Chú thích <b>")')).toBe('<figure><img src="/courses/media/7/so-do.svg" alt="Một ô" '
      + 'width="640" height="320" loading="lazy" decoding="async"><figcaption>Chú thích &lt;b&gt;. '
      + '<a href="/courses/media/7/so-do.svg">Mở hình</a></figcaption></figure>\n');
  });

  it('fetches no picture from anywhere else', () => {
    expect(render('![x](https://example.vn/a.png)')).toContain('src=""');
    expect(render('![x](../media/khac.svg)')).toContain('src=""');
    expect(render('![x](../media/../../a.svg)')).toContain('src=""');
  });

  it('lets the writer say in which language a passage is, and nothing else', () => {
    expect(render('Gọi là *headline*{lang=en}.')).toBe('<p>Gọi là <em lang="en">headline</em>.</p>\n');
    expect(render('Read it twice. {lang=en}')).toBe('<p lang="en">Read it twice.</p>\n');
    expect(render('> Read it twice. {lang=en}')).toBe('<blockquote>\n<p lang="en">Read it twice.</p>\n</blockquote>\n');
    expect(render('*x*{onclick=alert(1) .c #i style=a lang=en}')).toBe('<p><em lang="en">x</em></p>\n');
  });

  it('lets a wide table scroll by itself, without a style of its own', () => {
    const html = render('| A | B |\n|---|--:|\n| 1 | 2 |');
    expect(html).toContain('<div class="table-scroll" tabindex="0" role="region" aria-label="Bảng (1)"><table>');
    expect(html).toContain('<th scope="col" class="r">B</th>');
    expect(html).toContain('<td class="r">2</td>');
    expect(html).not.toContain('style=');
  });
});

describe('what a lesson is made of', () => {
  it('knows the line of each part', () => {
    const parts = partsOf('## A\n\nmột\nhai ![x](../media/a.svg) [y](https://b.vn)\n\n### B\n\n<div>\n');
    expect(parts.headings).toEqual([{ level: 2, line: 1 }, { level: 3, line: 6 }]);
    expect(parts.images).toEqual([{ src: '../media/a.svg', alt: 'x', line: 4 }]);
    expect(parts.links).toEqual([{ href: 'https://b.vn', line: 4 }]);
    expect(parts.html).toEqual([{ text: '<div>', line: 8 }]);
    expect(partsOf('một\n\n| A |  |\n|---|---|\n| 1 |  |\n').emptyHeads).toEqual([{ line: 3 }]);
  });
});
