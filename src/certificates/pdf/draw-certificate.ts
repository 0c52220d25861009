import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { text } from '../../platform/texts.js';
import { addDays, FOREVER, showDate } from '../../rules/civil-date.js';
import type { CertificateFacts } from '../certificate-facts.js';

/** What is drawn: frozen facts and nothing that could change later. */
export interface DrawnCertificate {
  number: string;
  verifyCode: string;
  facts: CertificateFacts;
  issuedOn: string;
  issuedAt: Date;
  validTo: string;
  trial: boolean;
}

const resolve = createRequire(import.meta.url).resolve;
// Tinos has the metrics of Times New Roman, which Decree 30/2020/NĐ-CP asks for, and every Vietnamese letter.
const FONTS = {
  upright: readFileSync(resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')),
  bold: readFileSync(resolve('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf')),
  italic: readFileSync(resolve('@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf')),
};
const INK = '#1b2430';
const MUTED = '#56606e';
const LACQUER = '#9b1c1f';
const WIDTH = 841.89;
const HEIGHT = 595.28;
const MARGIN = 84;

type Doc = PDFKit.PDFDocument;

/**
 * Draws a certificate of completion: A4 landscape, Vietnamese with English beside it, a QR code to the public check.
 * No state emblem and no seal: it is a giấy chứng nhận hoàn thành, not a chứng chỉ of a training institution. The same
 * facts give the same bytes.
 */
export function drawCertificate(certificate: DrawnCertificate, verifyUrl: string): Promise<Buffer> {
  const { facts } = certificate;
  const doc = new PDFDocument({
    size: 'A4', layout: 'landscape', margin: 0, tagged: true, lang: 'vi-VN', displayTitle: true, pdfVersion: '1.7',
    info: {
      Title: `${text('vi', 'certificates.pdf.heading')} ${certificate.number}`, Author: 'Lan Tỏa', Subject: facts.title.vi,
      CreationDate: certificate.issuedAt, ModDate: certificate.issuedAt,
    },
  });
  const done = collect(doc);
  for (const [name, font] of Object.entries(FONTS)) doc.registerFont(name, font);
  artifact(doc, () => drawRings(doc));
  artifact(doc, () => drawFrame(doc));

  const root = doc.struct('Document');
  doc.addStructure(root);
  const write = (tag: string, draw: () => void) => root.add(doc.struct(tag, {}, draw));
  drawHeading(doc, write, facts);
  drawPerson(doc, write, facts);
  drawLearning(doc, write, facts);
  drawFoot(doc, write, certificate, verifyUrl);
  if (certificate.trial) write('P', () => drawTrial(doc));
  root.end();
  doc.end();
  return done;
}

type Write = (tag: string, draw: () => void) => void;

function drawHeading(doc: Doc, write: Write, facts: CertificateFacts): void {
  write('P', () => {
    centred(doc, 'bold', 13, INK, 62, text('vi', 'certificates.pdf.country'));
    centred(doc, 'bold', 13.5, INK, 80, text('vi', 'certificates.pdf.motto'));
  });
  artifact(doc, () => {
    doc.font('bold').fontSize(13.5);
    const half = doc.widthOfString(text('vi', 'certificates.pdf.motto')) / 2;
    doc.moveTo(WIDTH / 2 - half, 100).lineTo(WIDTH / 2 + half, 100).lineWidth(0.8).strokeColor(INK).stroke();
  });
  write('H1', () => centred(doc, 'bold', 34, LACQUER, 124, text('vi', 'certificates.pdf.heading'), { characterSpacing: 1.5 }));
  write('P', () => {
    centred(doc, 'upright', 16, INK, 168, text('vi', `certificates.pdf.of-${facts.kind}`));
    centred(doc, 'italic', 11.5, MUTED, 189, text('en', `certificates.pdf.of-${facts.kind}`));
  });
}

function drawPerson(doc: Doc, write: Write, facts: CertificateFacts): void {
  write('P', () => centred(doc, 'upright', 13, INK, 216,
    `${text('vi', 'certificates.pdf.certifies')} / ${text('en', 'certificates.pdf.certifies')}`));
  write('H2', () => centred(doc, 'bold', fit(doc, 'bold', facts.name, 29, 18), INK, 236, facts.name));
  const place = [facts.position, facts.agency?.vi].filter(Boolean).join(', ');
  if (place) write('P', () => centred(doc, 'upright', fit(doc, 'upright', place, 13.5, 9), INK, 275, place));
}

function drawLearning(doc: Doc, write: Write, facts: CertificateFacts): void {
  write('P', () => centred(doc, 'upright', 13, INK, 308,
    `${text('vi', `certificates.pdf.has-completed-${facts.kind}`)} / ${text('en', `certificates.pdf.has-completed-${facts.kind}`)}`));
  const size = fit(doc, 'bold', facts.title.vi, 20, 13, 2);
  write('H2', () => centred(doc, 'bold', size, INK, 328, facts.title.vi));
  doc.font('bold').fontSize(size);
  let y = 328 + doc.heightOfString(facts.title.vi, { width: WIDTH - 2 * MARGIN, align: 'center' }) + 3;
  write('P', () => centred(doc, 'italic', fit(doc, 'italic', facts.title.en, 12.5, 9), MUTED, y, facts.title.en));
  y += 24;
  const summary = text('vi', 'certificates.pdf.summary', {
    periods: facts.periods, from: showDate(facts.from), to: showDate(facts.to),
  });
  const results = [
    summary,
    facts.score === null ? '' : text('vi', 'certificates.pdf.score', { score: facts.score }),
    facts.assignmentPassed ? text('vi', 'certificates.pdf.assignment') : '',
  ].filter(Boolean).join('  ·  ');
  write('P', () => centred(doc, 'upright', fit(doc, 'upright', results, 13, 9), INK, y, results));
  if (facts.courses.length > 0) {
    const list = text('vi', 'certificates.pdf.courses', {
      list: facts.courses.map((course) => `${course.code} (${course.periods})`).join(', '),
    });
    write('P', () => centred(doc, 'upright', fit(doc, 'upright', list, 11.5, 8), MUTED, y + 20, list));
  }
}

function drawFoot(doc: Doc, write: Write, certificate: DrawnCertificate, verifyUrl: string): void {
  const lines: [string, string][] = [
    [bilingual('number'), certificate.number],
    [bilingual('issued'), showDate(certificate.issuedOn)],
    ...(certificate.validTo === FOREVER ? [] : [[bilingual('valid-to'), showDate(addDays(certificate.validTo, -1))] as [string, string]]),
    [bilingual('verify'), verifyUrl.replace(/^https?:\/\//, '')],
  ];
  const top = HEIGHT - 62 - lines.length * 18;
  lines.forEach(([label, value], index) => write('P', () => {
    doc.font('upright').fontSize(12).fillColor(INK).text(`${label}: `, MARGIN, top + index * 18, { continued: true, lineBreak: false })
      .font('bold').text(value, { lineBreak: false });
  }));
  write('P', () => doc.font('italic').fontSize(10).fillColor(MUTED)
    .text(text('vi', 'certificates.pdf.basis'), MARGIN, HEIGHT - 60, { width: 470, lineBreak: false }));

  const size = 96;
  const x = WIDTH - MARGIN - size;
  const y = HEIGHT - 66 - size;
  write('Figure', () => drawQr(doc, verifyUrl, x, y, size));
  write('P', () => doc.font('upright').fontSize(10).fillColor(MUTED)
    .text(text('vi', 'certificates.pdf.scan'), x - 30, y + size + 5, { width: size + 60, align: 'center', lineBreak: false }));
}

function drawQr(doc: Doc, url: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: 'M' });
  const step = size / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      // A hair wider than a module, so that no viewer shows gaps between neighbours.
      if (modules.get(row, column)) doc.rect(x + column * step, y + row * step, step + 0.15, step + 0.15);
    }
  }
  doc.fill(INK);
}

function drawTrial(doc: Doc): void {
  doc.save().rotate(-24, { origin: [WIDTH / 2, HEIGHT / 2] }).font('bold').fontSize(58).fillColor(LACQUER).fillOpacity(0.13)
    .text(text('vi', 'certificates.pdf.trial'), 0, HEIGHT / 2 - 34, { width: WIDTH, align: 'center', lineBreak: false }).restore();
}

/** One drop, rings that spread: the only ornament. */
function drawRings(doc: Doc): void {
  doc.rect(0, 0, WIDTH, HEIGHT).fill('#fffdfa');
  doc.lineWidth(0.6).strokeColor(LACQUER);
  for (let ring = 0; ring < 17; ring += 1) {
    const radius = 22 + ring * 17;
    doc.strokeOpacity(Math.max(0.04, 0.42 - ring * 0.025));
    doc.circle(WIDTH, 0, radius).stroke();
    doc.circle(0, HEIGHT, radius).stroke();
  }
  doc.strokeOpacity(1);
}

function drawFrame(doc: Doc): void {
  doc.rect(26, 26, WIDTH - 52, HEIGHT - 52).lineWidth(1.1).strokeColor(LACQUER).stroke();
  doc.rect(32, 32, WIDTH - 64, HEIGHT - 64).lineWidth(0.4).stroke();
}

function centred(doc: Doc, font: string, size: number, colour: string, y: number, line: string, more: PDFKit.Mixins.TextOptions = {}): void {
  doc.font(font).fontSize(size).fillColor(colour).text(line, MARGIN, y, { width: WIDTH - 2 * MARGIN, align: 'center', ...more });
}

/** The largest size at which a text stays within so many lines. */
function fit(doc: Doc, font: string, line: string, size: number, least: number, lines = 1): number {
  for (let candidate = size; candidate > least; candidate -= 0.5) {
    if (doc.font(font).fontSize(candidate).widthOfString(line) <= (WIDTH - 2 * MARGIN) * lines * 0.97) return candidate;
  }
  return least;
}

const bilingual = (key: string) => `${text('vi', `certificates.pdf.${key}`)} / ${text('en', `certificates.pdf.${key}`)}`;

/** Ornament: screen readers pass over it. */
function artifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}

function collect(doc: Doc): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolvePdf, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolvePdf(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
