import { Controller, Get, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { readForm } from '../platform/http/forms.js';
import { emptyForm, formAgain, page, type FormState } from '../web/index.js';
import { auditFilter, auditQuery, type AuditFilter } from './audit.forms.js';
import { auditPage } from './audit.page.js';
import { ExportAudit } from './export-audit.js';
import { ReadAudit } from './read-audit.js';

@Controller()
@Allow('audit.read')
export class AuditController {
  constructor(private readonly read: ReadAudit, private readonly exporter: ExportAudit) {}

  /** A filter that does not fit keeps what was typed and shows the newest entries without it. */
  @Get('audit')
  list(@Query() query: Record<string, unknown>, @Me() me: Principal, @Lang() lang: Language) {
    return formAgain(lang, query, async () => {
      const { cursor, limit, ...filter } = readForm(auditQuery, query);
      return this.show(me, lang, filter, { cursor, limit }, emptyForm());
    }, (form) => this.show(me, lang, readForm(auditFilter, {}), { limit: 50 }, form));
  }

  @Get('audit.csv')
  csv(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.exporter.run(me, readForm(auditFilter, query), lang);
  }

  private async show(me: Principal, lang: Language, filter: AuditFilter, where: { cursor?: string; limit: number }, form: FormState) {
    return page('audit/list', auditPage({ lang, filter, form, ...await this.read.page(me, filter, where) }));
  }
}
