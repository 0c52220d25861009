import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import QRCode from 'qrcode';
import { Allow, BeforeReady } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { page, redirectTo } from '../web/index.js';
import { certificateJson, certificateLines, verdictOf } from './certificate.page.js';
import { readVerifyCode } from '../rules/certification.js';
import { ReadCertificate } from './read-certificate.js';

@Controller()
export class CertificatesController {
  constructor(private readonly certificates: ReadCertificate) {}

  @Allow('signed-in')
  @Get('certificates')
  async mine(@Me() me: Principal, @Lang() lang: Language) {
    const certificates = await this.certificates.mine(me);
    return page('certificates/mine', {
      title: text(lang, 'certificates.mine.title'), at: 'certificates', certificates,
    });
  }

  @Allow('signed-in')
  @Get('certificates/:number.pdf')
  async pdf(@Param('number') number: string, @Me() me: Principal, @Res() reply: FastifyReply) {
    const certificate = await this.certificates.byNumber(me, number);
    return sendPdf(reply, certificate.number, await this.certificates.pdf(certificate));
  }

  /** A form for whoever holds a paper in hand. */
  @Allow('anyone')
  @BeforeReady()
  @Get('verify')
  ask(@Query('code') code: string | undefined, @Lang() lang: Language) {
    const typed = code?.trim() ?? '';
    const read = readVerifyCode(typed);
    if (read) return redirectTo(`/verify/${read}`);
    const problem = typed ? text(lang, 'certificates.verify.code-wrong') : undefined;
    return page('certificates/ask', {
      title: text(lang, 'certificates.verify.title'), code: typed, problem,
      errors: problem ? [{ field: 'code', text: problem }] : [],
    }, problem ? 422 : 200);
  }

  /** Public: all that was certified, and its state. JSON for machines that ask for it. */
  @Allow('anyone')
  @BeforeReady()
  @Get('verify/:code')
  async verify(
    @Param('code') code: string, @Lang() lang: Language, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const certificate = await this.certificates.byVerifyCode(code);
    void reply.header('x-robots-tag', 'noindex');
    if ((request.headers.accept ?? '').includes('application/json')) {
      void reply.code(certificate ? 200 : 404).header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store');
      return certificate ? certificateJson(certificate) : { state: 'unknown' };
    }
    const qr = certificate ? await QRCode.toDataURL(certificate.verifyUrl, { margin: 1, width: 180 }) : null;
    const verdict = verdictOf(certificate, lang);
    return page('certificates/verified', {
      title: verdict.title, verdict, qr, trialCertificate: certificate?.trial ?? false,
      lines: certificate ? certificateLines(certificate, lang) : [],
    }, certificate ? 200 : 404);
  }
}

export function sendPdf(reply: FastifyReply, number: string, body: Buffer): FastifyReply {
  return reply.header('content-type', 'application/pdf').header('content-disposition', `attachment; filename="${number}.pdf"`)
    .header('cache-control', 'private, no-store').send(body);
}
