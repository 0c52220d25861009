import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Config, type Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { id, readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { addDays, civilDateOf } from '../rules/civil-date.js';
import { holds } from '../rules/scope.js';
import { emptyForm, formAgain, page, redirectTo, type FormState } from '../web/index.js';
import { accountsForm, accountsQuery, grantForm } from './access.forms.js';
import { accountsHref, isRenewing, passedOver, personLine, roleOptions, rolesToGrant, sheetLines, stateTabs } from './accounts.page.js';
import { CreateAccountsForPeople, type CodeSheet } from './create-accounts-for-people.js';
import { DisableAccount } from './disable-account.js';
import { GiveNewCode } from './give-new-code.js';
import { GrantRole } from './grant-role.js';
import { ListAccounts } from './list-accounts.js';
import { ManagedAccounts } from './managed-accounts.js';
import { PeopleInScopeRepository } from './people-in-scope.repository.js';
import { RevokeRole } from './revoke-role.js';
import { SessionsRepository } from './sessions.repository.js';

const readId = (value: string) => readForm(id(), value);

/** The accounts of my part of the tree. Every write is undone by another, but for the codes, which are shown once. */
@Controller('accounts')
@Allow('accounts.manage')
export class AccountsController {
  constructor(
    private readonly database: Database,
    private readonly list: ListAccounts,
    private readonly managed: ManagedAccounts,
    private readonly people: PeopleInScopeRepository,
    private readonly sessions: SessionsRepository,
    private readonly create: CreateAccountsForPeople,
    private readonly newCode: GiveNewCode,
    private readonly accounts: DisableAccount,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  all(@Me() me: Principal, @Lang() lang: Language, @Query() query: unknown) {
    return this.listPage(me, lang, query, emptyForm());
  }

  /** Answers with the sheet itself, not with a redirect: the codes are kept nowhere and are shown here only. */
  @Post()
  make(@Me() me: Principal, @Lang() lang: Language, @Body() body: unknown) {
    return formAgain(lang, body, async () => {
      const { person } = readForm(accountsForm, body);
      return this.sheetPage(lang, await this.create.run(me, person, this.clock.now()));
    }, (form) => this.listPage(me, lang, {}, form));
  }

  @Get(':id')
  one(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string) {
    return this.accountPage(me, lang, readId(account), emptyForm());
  }

  @Post(':id/code')
  async code(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string) {
    return formAgain(lang, {}, async () => {
      const line = await this.newCode.run(me, readId(account), this.clock.now());
      return this.sheetPage(lang, { lines: [line], passedOver: [] });
    }, (form) => this.accountPage(me, lang, readId(account), form));
  }

  @Post(':id/disable')
  disable(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string) {
    return this.act(me, lang, account, 'disabled', (accountId) => this.accounts.disable(me, accountId, this.clock.now()));
  }

  @Post(':id/enable')
  enable(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string) {
    return this.act(me, lang, account, 'enabled', (accountId) => this.accounts.enable(me, accountId));
  }

  @Post(':id/sign-out')
  signOut(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string) {
    return this.act(me, lang, account, 'signed-out', (accountId) =>
      this.accounts.signOutEverywhere(me, accountId, this.clock.now()));
  }

  @Post(':id/second-factor/reset')
  resetSecondFactor(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string) {
    return this.act(me, lang, account, 'second-factor-reset', (accountId) =>
      this.accounts.resetSecondFactor(me, accountId, this.clock.now()));
  }

  @Post(':id/grants')
  grant(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string, @Body() body: unknown) {
    return this.act(me, lang, account, 'granted', async (accountId) => {
      const { role, agency, other } = readForm(grantForm, body);
      await this.grantRole.byManager(me, accountId, { role, agencyCode: other ?? agency ?? '' }, this.clock.now());
    }, body);
  }

  @Post(':id/grants/:grant/revoke')
  revoke(@Me() me: Principal, @Lang() lang: Language, @Param('id') account: string, @Param('grant') grant: string) {
    return this.act(me, lang, account, 'revoked', (accountId) =>
      this.revokeRole.run(me, accountId, readId(grant), this.clock.now()));
  }

  private act(me: Principal, lang: Language, account: string, done: string, work: (accountId: number) => Promise<void>, typed: unknown = {}) {
    const accountId = readId(account);
    return formAgain(lang, typed, async () => {
      await work(accountId);
      return redirectTo(`/accounts/${accountId}`, { key: `access.account.done.${done}` });
    }, (form) => this.accountPage(me, lang, accountId, form));
  }

  private async listPage(me: Principal, lang: Language, query: unknown, form: FormState) {
    const { cursor, ...view } = readForm(accountsQuery, query);
    const { people, next } = await this.list.run(me, { ...view, cursor });
    const counts = await this.list.counts(me);
    const lines = people.map(({ person, obstacle }) => personLine(lang, person, obstacle, view));
    return page('access/accounts', {
      title: text(lang, 'access.accounts.title'), at: 'accounts', wide: true, scripts: ['tick-all.js'], form, view, people: lines,
      renewing: isRenewing(view),
      mayTick: lines.some((line) => line.mayTick),
      heading: text(lang, 'access.accounts.heading', { without: counts.none, waiting: counts.waiting }),
      mayAudit: holds(me.grants, 'audit.read'), tabs: stateTabs(lang, view, counts), roles: roleOptions(lang), filtered: Boolean(view.q || view.state || view.role),
      first: cursor ? accountsHref(view) : null, next: next ? accountsHref(view, next) : null,
    });
  }

  private async accountPage(me: Principal, lang: Language, accountId: number, form: FormState) {
    const tx = this.database.reader;
    const { person, obstacle } = await this.managed.find(tx, me, accountId);
    const today = this.clock.today();
    const agencies = await this.people.agenciesAround(tx, this.managed.rootsOf(me), person.personId, today);
    const roles = rolesToGrant(me.grants);
    const sessions = await this.sessions.live(tx, accountId, this.clock.now());
    return page('access/account', {
      title: person.fullName, at: 'accounts', form, accountId,
      crumbs: [{ href: '/accounts', label: text(lang, 'access.accounts.title') }, { href: '', label: person.fullName }],
      person: personLine(lang, person, obstacle), manageable: obstacle === null, sessions: sessions.length,
      lastSeenAt: await this.sessions.lastSeen(tx, accountId),
      roles: roleOptions(lang, roles),
      agencies: agencies.map((agency) => ({ value: agency.code, label: `${lang === 'vi' ? agency.vi : agency.en} (${agency.code})` })),
    });
  }

  private sheetPage(lang: Language, sheet: CodeSheet) {
    const expiresAt = sheet.lines[0]?.expiresAt;
    return page('access/code-sheet', {
      title: text(lang, 'access.sheet.title', { people: sheet.lines.length }), at: 'accounts', wide: true,
      crumbs: [{ href: '/accounts', label: text(lang, 'access.accounts.title') }, { href: '', label: text(lang, 'access.sheet.crumb') }],
      lines: sheetLines(lang, sheet.lines), passedOver: passedOver(lang, sheet),
      // The last day on which it is good: it ends as that day does.
      until: expiresAt && addDays(civilDateOf(expiresAt), -1), address: `${this.config.publicUrl}/activate`,
    });
  }
}
