import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Api } from '../platform/http/api.js';
import { certificateJson } from './certificate.page.js';
import { sendPdf } from './certificates.controller.js';
import { ReadCertificate } from './read-certificate.js';

const both = z.object({ vi: z.string(), en: z.string() });
export const certificateSchema = z.object({
  number: z.string(), verifyCode: z.string(), verifyUrl: z.url(), state: z.enum(['valid', 'expired', 'superseded', 'revoked']),
  trial: z.boolean(), issuedOn: z.iso.date(), validThrough: z.iso.date().nullable(), revokedBecause: z.string().nullable(),
  supersededBy: z.string().nullable(), kind: z.enum(['course', 'programme']), name: z.string(), position: z.string().nullable(),
  agency: both.nullable(), title: both, code: z.string(), version: z.number(), periods: z.number(), from: z.iso.date(),
  to: z.iso.date(), score: z.number().nullable(), assignmentPassed: z.boolean().nullable(),
  proofs: z.array(z.object({ criterion: z.string(), periods: z.number() })),
  courses: z.array(z.object({ code: z.string(), title: both, periods: z.number() })),
});

@ApiTags('certificates')
@Controller('api/v1')
export class CertificatesApiController {
  constructor(private readonly certificates: ReadCertificate) {}

  @Allow('signed-in')
  @Get('me/certificates')
  @Api({ summary: 'My certificates, newest first', answer: z.object({ items: z.array(certificateSchema), next: z.null() }) })
  async mine(@Me() me: Principal) {
    return { items: (await this.certificates.mine(me)).map(certificateJson), next: null };
  }

  @Allow('signed-in')
  @Get('certificates/:number.pdf')
  @Api({ summary: 'The certificate as PDF', params: { number: 'For example LT-2026-004417' }, produces: ['application/pdf'] })
  async pdf(@Param('number') number: string, @Me() me: Principal, @Res() reply: FastifyReply) {
    const certificate = await this.certificates.byNumber(me, number);
    return sendPdf(reply, certificate.number, await this.certificates.pdf(certificate));
  }

  @Allow('signed-in')
  @Get('certificates/:number')
  @Api({
    summary: 'A certificate: one’s own, or of a person one answers for', params: { number: 'For example LT-2026-004417' },
    answer: certificateSchema,
  })
  async one(@Param('number') number: string, @Me() me: Principal) {
    return certificateJson(await this.certificates.byNumber(me, number));
  }
}
