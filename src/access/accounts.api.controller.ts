import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Api } from '../platform/http/api.js';
import { id, readForm } from '../platform/http/forms.js';
import { accountsBody, accountsQuery, grantBody } from './access.forms.js';
import { CreateAccountsForPeople, type CodeSheetLine } from './create-accounts-for-people.js';
import { DisableAccount } from './disable-account.js';
import { GiveNewCode } from './give-new-code.js';
import { GrantRole } from './grant-role.js';
import { ListAccounts } from './list-accounts.js';
import type { PersonInScope } from './people-in-scope.repository.js';
import { RevokeRole } from './revoke-role.js';

const agency = z.object({ code: z.string(), name: z.object({ vi: z.string(), en: z.string() }) });
const itemSchema = z.object({
  personId: z.number(), name: z.string(), accountId: z.number().nullable(), username: z.string().nullable(),
  state: z.enum(['none', 'waiting', 'active', 'disabled']),
  posts: z.array(z.object({ title: z.string(), agency })),
  grants: z.array(z.object({ id: z.number(), role: z.string(), agency })),
  manageable: z.boolean(),
});
const listSchema = z.object({ items: z.array(itemSchema), next: z.string().nullable() });
const codeSchema = z.object({
  personId: z.number(), accountId: z.number(), username: z.string(), code: z.string(), expiresAt: z.string(),
});
const sheetSchema = z.object({
  codes: z.array(codeSchema), passedOver: z.array(z.object({ personId: z.number(), reason: z.string() })),
});
const ACCOUNT = { id: 'Id of the account' };
const readId = (value: string) => readForm(id(), value);

@ApiTags('Accounts')
@Controller('api/v1/accounts')
@Allow('accounts.manage')
export class AccountsApiController {
  constructor(
    private readonly list: ListAccounts,
    private readonly create: CreateAccountsForPeople,
    private readonly newCode: GiveNewCode,
    private readonly accounts: DisableAccount,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
    private readonly clock: Clock,
  ) {}

  @Api({ summary: 'People of my part of the tree with and without an account', query: accountsQuery, answer: listSchema })
  @Get()
  async all(@Me() me: Principal, @Query() query: unknown) {
    const { people, next } = await this.list.run(me, readForm(accountsQuery, query));
    return { items: people.map(({ person, obstacle }) => itemOf(person, obstacle === null)), next };
  }

  @Api({ summary: 'Accounts and one-time codes for people of the roster; the codes are shown here only', body: accountsBody, answer: sheetSchema })
  @HttpCode(200)
  @Post()
  async make(@Me() me: Principal, @Body() body: unknown) {
    const sheet = await this.create.run(me, readForm(accountsBody, body).people, this.clock.now());
    return {
      codes: sheet.lines.map(codeOf),
      passedOver: sheet.passedOver.map(({ person, reason }) => ({ personId: person.personId, reason })),
    };
  }

  @Api({ summary: 'A new one-time code', params: ACCOUNT, answer: codeSchema })
  @HttpCode(200)
  @Post(':id/code')
  async code(@Me() me: Principal, @Param('id') account: string) {
    return codeOf(await this.newCode.run(me, readId(account), this.clock.now()));
  }

  @Api({ summary: 'Disable an account and sign it out everywhere', params: ACCOUNT, status: 204 })
  @HttpCode(204)
  @Post(':id/disable')
  async disable(@Me() me: Principal, @Param('id') account: string) {
    await this.accounts.disable(me, readId(account), this.clock.now());
  }

  @Api({ summary: 'Enable an account again', params: ACCOUNT, status: 204 })
  @HttpCode(204)
  @Post(':id/enable')
  async enable(@Me() me: Principal, @Param('id') account: string) {
    await this.accounts.enable(me, readId(account));
  }

  @Api({ summary: 'Give a role over an agency and everything below it', params: ACCOUNT, body: grantBody, status: 204 })
  @HttpCode(204)
  @Post(':id/grants')
  async grant(@Me() me: Principal, @Param('id') account: string, @Body() body: unknown) {
    const { role, agency: agencyCode } = readForm(grantBody, body);
    await this.grantRole.byManager(me, readId(account), { role, agencyCode }, this.clock.now());
  }

  @Api({ summary: 'Take a role away', params: { ...ACCOUNT, grant: 'Id of the grant' }, status: 204 })
  @HttpCode(204)
  @Delete(':id/grants/:grant')
  async revoke(@Me() me: Principal, @Param('id') account: string, @Param('grant') grant: string) {
    await this.revokeRole.run(me, readId(account), readId(grant), this.clock.now());
  }
}

function itemOf(person: PersonInScope, manageable: boolean): z.infer<typeof itemSchema> {
  const at = (row: { code: string; vi: string; en: string }) => ({ code: row.code, name: { vi: row.vi, en: row.en } });
  return {
    personId: person.personId, name: person.fullName, accountId: person.accountId, username: person.username, state: person.state,
    posts: person.posts.map((post) => ({ title: post.title, agency: at(post) })),
    grants: person.roles.map((role) => ({ id: role.grantId, role: role.role, agency: at(role) })),
    manageable,
  };
}

const codeOf = (line: CodeSheetLine): z.infer<typeof codeSchema> => ({
  personId: line.person.personId, accountId: line.accountId, username: line.username, code: line.code,
  expiresAt: line.expiresAt.toISOString(),
});
