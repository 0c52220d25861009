import { Controller, Get, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { holds } from '../rules/scope.js';
import { page } from '../web/index.js';
import { Agencies } from './agencies.js';
import { agencyQuery } from './agencies.forms.js';
import { agenciesPage } from './agencies.page.js';
import { ROOT_CODE } from './base-agencies.js';

/** The whole of the first level fits, and most provinces. */
const PAGE = 100;

@Controller('agencies')
export class AgenciesController {
  constructor(
    private readonly agencies: Agencies,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Allow('signed-in')
  @Get()
  async list(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const { asOf, parent, q, type, cursor } = readForm(agencyQuery, query);
    const today = this.clock.today();
    const on = asOf ?? today;
    const searching = q !== undefined || type !== undefined;
    const tx = this.database.reader;
    const here = await this.agencies.findByCode(tx, parent ?? ROOT_CODE, on);
    if (!here && parent !== undefined) throw notFound('agency-unknown', { code: parent });
    const filter = searching
      ? { on, q, type, within: parent && here ? [here.id] : undefined }
      : { on, parentId: here?.id ?? 0 };
    const found = await this.agencies.search(tx, { ...filter, cursor, limit: PAGE });
    const facts = agenciesPage({
      lang, chain: here ? await this.agencies.chain(tx, here.id, on) : [], agencies: found.items, next: found.next,
      total: await this.agencies.count(tx, filter), query: { q, type, asOf, parent }, today,
      mayImport: holds(me.grants, 'agencies.import'),
    });
    return page('agencies/agencies', facts);
  }
}
