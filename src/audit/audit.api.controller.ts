import { Controller, Get, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { auditAnswer, auditQuery } from './audit.forms.js';
import { ReadAudit } from './read-audit.js';

@Controller('api/v1')
@Allow('audit.read')
export class AuditApiController {
  constructor(private readonly read: ReadAudit) {}

  @Get('audit')
  @Api({ summary: 'Who did what to whom, newest first, within one’s part of the tree', query: auditQuery, answer: auditAnswer })
  async list(@Query() query: unknown, @Me() me: Principal) {
    const { cursor, limit, ...filter } = readForm(auditQuery, query);
    const { items, next } = await this.read.page(me, filter, { cursor, limit });
    return {
      items: items.map((entry) => ({
        id: entry.id, at: entry.at.toISOString(), action: entry.action,
        actor: entry.actorId === null ? null : { accountId: entry.actorId, username: entry.actorUsername ?? '' },
        subject: { kind: entry.subjectKind, id: entry.subjectId, name: entry.subjectName },
        agencyCode: entry.agency?.code ?? null, details: entry.details, requestId: entry.requestId,
      })),
      next,
    };
  }
}
