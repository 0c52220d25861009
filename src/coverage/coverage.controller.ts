import { Controller, Get, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Refusal } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { holds } from '../rules/scope.js';
import { formAgain, page, type Page } from '../web/index.js';
import { AskCoverage, questionOf } from './ask-coverage.js';
import { CompareCoverage } from './coverage-change.js';
import { overviewQuery, peopleQuery, type OverviewQuery } from './coverage.forms.js';
import { overviewPage } from './coverage.page.js';
import { peoplePage } from './coverage-people.page.js';
import { CoverageScope } from './coverage-scope.js';
import { ListCoveredPeople } from './list-covered-people.js';

@Controller('coverage')
export class CoverageController {
  constructor(
    private readonly ask: AskCoverage,
    private readonly compare: CompareCoverage,
    private readonly scope: CoverageScope,
    private readonly people: ListCoveredPeople,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Are we at the target; where not; what has changed. */
  @Allow('coverage.read')
  @Get()
  async overview(@Me() me: Principal, @Lang() lang: Language, @Query() typed: Record<string, string>) {
    try {
      return await formAgain(lang, typed, () => this.shown(me, lang, readForm(overviewQuery, typed)),
        async (form) => {
          // Today's figures, and beside them what was typed, with what is wrong about it.
          const again = await this.shown(me, lang, readForm(overviewQuery, {}));
          const { asOf, knownAs, group } = form.values;
          const filter = { ...again.facts.filter as object, asOf, knownAs, group };
          return page('coverage/overview', { ...again.facts, filter, form, filterOpen: true });
        });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'no-target-published') throw error;
      return page('coverage/no-target', { title: text(lang, 'coverage.no-target.title'), at: 'coverage' });
    }
  }

  /** Who stands behind a figure. */
  @Allow('roster.read')
  @Get('people')
  async who(@Me() me: Principal, @Lang() lang: Language, @Query() typed: unknown) {
    const query = readForm(peopleQuery, typed);
    return page('coverage/people', peoplePage(await this.people.page(me, query), query, lang));
  }

  private async shown(me: Principal, lang: Language, query: OverviewQuery): Promise<Page> {
    const table = await this.ask.run(me, query);
    const { understood } = table;
    const { change, path } = await this.database.inSnapshot(async (tx) => ({
      change: understood.target.counts === 'people' ? await this.compare.run(tx, questionOf(understood, query)) : null,
      path: understood.subject.agency
        ? await this.scope.path(tx, understood.moment, understood.roots, understood.subject.agency.id) : [],
    }));
    return page('coverage/overview', overviewPage({
      table, query, change, path, today: this.clock.today(),
      mayReadPeople: holds(me.grants, 'roster.read'), mayImport: holds(me.grants, 'roster.import'),
    }, lang));
  }
}
