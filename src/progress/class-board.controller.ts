import { Controller, Get, Param, Query } from '@nestjs/common';
import { address, idIn, ReadCohorts, shortened, type Assignment } from '../cohorts/index.js';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { readForm } from '../platform/http/forms.js';
import { localText, showNumber, text } from '../platform/texts.js';
import { civilDateOf, showDate } from '../rules/civil-date.js';
import { holds } from '../rules/scope.js';
import { page } from '../web/index.js';
import { boardQuery, classesQuery } from './class-board.forms.js';
import { classState, filters, memberRow, programmeName, tiles } from './class-board.page.js';
import { ReadClassBoard } from './read-class-board.js';

/** Within a day an assignment is undone in one go; later people are withdrawn by name. */
const UNDO_HOURS = 24;

/** The list of classes and the board of one. */
@Controller('cohorts')
export class ClassBoardController {
  constructor(
    private readonly boards: ReadClassBoard,
    private readonly cohorts: ReadCohorts,
    private readonly clock: Clock,
  ) {}

  @Allow('cohorts.read')
  @Get()
  async list(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const wish = readForm(classesQuery, query);
    const { items, next } = await this.boards.list(me, wish);
    const counts = await this.cohorts.counts(me);
    return page('progress/classes', {
      title: text(lang, 'progress.classes.title', { count: counts.open }), at: 'cohorts', wide: true,
      none: counts.open + counts.past === 0, mayManage: holds(me.grants, 'cohorts.manage'),
      tabs: (['open', 'past'] as const).map((time) => ({
        href: address('/cohorts', { time: time === 'past' ? time : undefined }), label: text(lang, `progress.classes.${time}`),
        count: counts[time], current: wish.time === time,
      })),
      classes: items.map(({ cohort, counts: of }) => ({
        ...cohort, state: classState(of, null, lang),
        about: text(lang, 'progress.classes.about', {
          programme: programmeName(cohort, lang), agency: localText(lang, cohort.agency.name),
          due: showDate(cohort.due), done: of.done, total: of.total,
        }),
      })),
      first: wish.cursor ? address('/cohorts', { time: wish.time }) : null,
      next: next ? address('/cohorts', { time: wish.time, cursor: next }) : null,
    });
  }

  @Allow('cohorts.read')
  @Get(':id')
  async board(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    const wish = readForm(boardQuery, query);
    const { cohort, counts, found, items, next } = await this.boards.board(me, idIn(id), wish, now);
    const mayManage = await this.cohorts.mayManage(me, cohort);
    const mayGrant = holds(me.grants, 'attempts.grant');
    const state = classState(counts, cohort.due, lang);
    const { cursor: _cursor, ...asked } = wish;
    return page('progress/class-board', {
      title: state.text, at: 'cohorts', wide: true, scripts: ['tick-all.js'], cohort, counts, state, wish, mayManage,
      crumbs: [{ href: '/cohorts', label: text(lang, 'cohorts.list.title') }, { href: '', label: shortened(cohort.title) }],
      about: text(lang, 'progress.board.about', {
        programme: programmeName(cohort, lang), agency: localText(lang, cohort.agency.name),
        total: counts.total, moved: counts.moved,
      }),
      undo: mayManage ? await this.toUndo(me, cohort.id, now) : null,
      tiles: tiles(cohort.id, counts, lang), filters: filters(cohort.id, counts, wish.state, wish.q, lang),
      members: items.map((member) => memberRow(member, civilDateOf(now), mayGrant, lang)),
      pageText: text(lang, 'progress.board.shown', { shown: showNumber(lang, items.length), found: showNumber(lang, found) }),
      csv: address(`/api/v1/cohorts/${cohort.id}/progress.csv`, asked),
      xlsx: address(`/api/v1/cohorts/${cohort.id}/progress.xlsx`, asked),
      first: wish.cursor ? address(`/cohorts/${cohort.id}`, asked) : null,
      next: next ? address(`/cohorts/${cohort.id}`, { ...asked, cursor: next }) : null,
    });
  }

  /** One's own latest assignment while it can be undone in one go. */
  private async toUndo(me: Principal, cohortId: number, now: Date): Promise<(Assignment & { key: number }) | null> {
    const last = await this.cohorts.lastAssignment(cohortId);
    if (!last || last.by !== me.accountId || now.getTime() - last.at.getTime() > UNDO_HOURS * 3_600_000) return null;
    return { ...last, key: last.at.getTime() };
  }
}
