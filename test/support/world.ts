import { hash } from '@node-rs/argon2';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '../../src/platform/database/database.js';
import { one, rows } from '../../src/platform/database/sql.js';
import { FOREVER } from '../../src/rules/civil-date.js';
import { searchable, sortKey } from '../../src/rules/names.js';
import type { Role } from '../../src/rules/scope.js';
import type { FrozenClock } from './frozen-clock.js';

export const PASSWORD = 'mat-khau-cua-bai-kiem';
// Cheap on purpose: tests sign in hundreds of times. The parameters travel in the hash.
const PASSWORD_HASH = hash(PASSWORD, { memoryCost: 64, timeCost: 1, parallelism: 1 });

export interface AgencyRow { id: number; code: string }
export interface PersonRow { id: number; name: string }
export interface AccountRow { id: number; personId: number; username: string }

/**
 * Small worlds for tests, written straight into the tables so that a test of one feature does not depend on another
 * feature's use cases. Everything holds from 2025-07-01 unless said otherwise, and was recorded on that day.
 */
export class World {
  private readonly database: Database;
  private counter = 0;

  constructor(app: NestFastifyApplication, private readonly clock: FrozenClock) {
    this.database = app.get(Database);
  }

  async agency(code: string, options: {
    name?: string; type?: string; parent?: AgencyRow | null; from?: string; to?: string;
  } = {}): Promise<AgencyRow> {
    const { name = `Cơ quan ${code}`, type = 'province', parent = null, from = '2025-07-01', to = FOREVER } = options;
    const tx = this.database.reader;
    const recorded = `${from}T00:00:00Z`;
    const { id } = await one<{ id: number }>(tx, 'INSERT INTO agency (created_at) VALUES ($1) RETURNING id', [recorded]);
    await tx.query(
      `INSERT INTO agency_version (agency_id, code, name_vi, name_en, search_name, type, parent_id, valid_from, valid_to, recorded_at)
       VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9)`,
      [id, code, name, searchable(name), type, parent?.id ?? null, from, to, recorded]);
    await tx.query(
      `INSERT INTO agency_closure (ancestor_id, descendant_id, depth, valid_from, valid_to, recorded_at)
       SELECT $1::int, $1::int, 0, $2::date, $3::date, $4::timestamptz
       UNION ALL SELECT ancestor_id, $1::int, depth + 1, greatest(valid_from, $2::date), least(valid_to, $3::date), $4::timestamptz
         FROM agency_closure WHERE descendant_id = $5::int`,
      [id, from, to, recorded, parent?.id ?? null]);
    return { id, code };
  }

  /** A nation with one ministry and two provinces, each province with a department and two communes. */
  async country() {
    const nation = await this.agency('VN', { name: 'Cả nước', type: 'nation' });
    const ministry = await this.agency('BTN', { name: 'Bộ Thử Nghiệm', type: 'ministry', parent: nation });
    const unit = await this.agency('BTN-TT', { name: 'Trung tâm Truyền thông Bộ Thử Nghiệm', type: 'unit', parent: ministry });
    const province = await this.agency('T1', { name: 'Tỉnh Ví Dụ Một', type: 'province', parent: nation });
    const department = await this.agency('T1-SO', { name: 'Sở Ví Dụ', type: 'department', parent: province });
    const commune = await this.agency('X11', { name: 'Xã Mẫu Một', type: 'commune', parent: province });
    const commune2 = await this.agency('X12', { name: 'Phường Mẫu Hai', type: 'ward', parent: province });
    const neighbour = await this.agency('T2', { name: 'Tỉnh Ví Dụ Hai', type: 'province', parent: nation });
    const neighbourCommune = await this.agency('X21', { name: 'Xã Láng Giềng', type: 'commune', parent: neighbour });
    return { nation, ministry, unit, province, department, commune, commune2, neighbour, neighbourCommune };
  }

  async person(name = `Người Mẫu ${++this.counter}`, options: { email?: string; birthDate?: string } = {}): Promise<PersonRow> {
    const { id } = await one<{ id: number }>(this.database.reader,
      `INSERT INTO person (full_name, search_name, sort_name, email, birth_date, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id`,
      [name, searchable(name), sortKey(name), options.email ?? null, options.birthDate ?? null, this.clock.now()]);
    return { id, name };
  }

  async post(person: PersonRow, agency: AgencyRow, options: {
    group?: string; title?: string; from?: string; to?: string; onLeave?: boolean; staffCode?: string; recordedAt?: string;
  } = {}): Promise<{ postId: number }> {
    const { group = 'communication', title = 'Chuyên viên', from = '2025-07-01', to = FOREVER } = options;
    return one<{ postId: number }>(this.database.reader,
      `INSERT INTO post (person_id, agency_id, position_title, target_group, on_leave, staff_code, valid_from, valid_to, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING post_id AS "postId"`,
      [person.id, agency.id, title, group, options.onLeave ?? false, options.staffCode ?? null, from, to,
        options.recordedAt ?? '2025-07-01T00:00:00Z']);
  }

  /** A person with a post at an agency, an activated account (PASSWORD, notice accepted) and roles. */
  async account(username: string, agency: AgencyRow, options: {
    name?: string; group?: string; roles?: { role: Role; agency: AgencyRow }[]; noticeAccepted?: boolean;
  } = {}): Promise<AccountRow> {
    const person = await this.person(options.name ?? `Người dùng ${username}`, { email: `${username}@example.vn` });
    await this.post(person, agency, { group: options.group });
    const now = this.clock.now();
    const { id } = await one<{ id: number }>(this.database.reader,
      `INSERT INTO account (person_id, username, password_hash, password_changed_at, notice_accepted_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $4) RETURNING id`,
      [person.id, username, await PASSWORD_HASH, now, options.noticeAccepted === false ? null : now]);
    for (const grant of options.roles ?? []) {
      await this.database.reader.query(
        'INSERT INTO role_grant (account_id, role, agency_id, granted_at) VALUES ($1, $2, $3, $4)',
        [id, grant.role, grant.agency.id, now]);
    }
    return { id, personId: person.id, username };
  }

  async count(table: string): Promise<number> {
    const [row] = await rows<{ n: number }>(this.database.reader, `SELECT count(*)::int AS n FROM ${table}`);
    return row?.n ?? 0;
  }
}
