import type { INestApplicationContext } from '@nestjs/common';
import { CreateAccounts, Passwords } from '../../src/access/index.js';
import { AgencyTree } from '../../src/agencies/index.js';
import { RecogniseLearning } from '../../src/certificates/index.js';
import { RecountEveryone } from '../../src/coverage/index.js';
import { Database } from '../../src/platform/database/database.js';
import { rows } from '../../src/platform/database/sql.js';
import { Roster } from '../../src/roster/index.js';
import { FOREVER } from '../../src/rules/civil-date.js';
import { randomFrom } from '../../src/rules/random.js';

export const PEOPLE = 25_000;
/** People with an account, to sign in as. */
export const LEARNERS = Array.from({ length: 24 }, (_, index) => `nguoi.do.${index}`);
export const BENCH_PASSWORD = 'mat-khau-do-toc-do';
const COMMUNES_PER_PROVINCE = 60;

/** Twenty-five thousand people over the real central agencies and provinces, half of them trained, and two accounts. */
export async function fillCountry(app: INestApplicationContext, now: Date): Promise<void> {
  const random = randomFrom(1169);
  await app.get(Database).inTransaction(async (tx) => {
    const top = await rows<{ id: number; code: string; type: string }>(tx,
      `SELECT agency_id AS id, code, type FROM agency_version WHERE superseded_at = 'infinity' AND valid_to = 'infinity' AND type <> 'nation'`);
    const provinces = top.filter((agency) => agency.type === 'province' || agency.type === 'city');
    const tree = app.get(AgencyTree);
    const communeIds = await tree.newAgencies(tx, provinces.length * COMMUNES_PER_PROVINCE);
    await tree.write(tx, communeIds.map((agencyId, index) => {
      const province = provinces[Math.floor(index / COMMUNES_PER_PROVINCE)];
      return {
        agencyId, from: '2025-07-01', to: FOREVER, facts: {
          code: `B${index}`, nameVi: `Xã Đo ${index}`, nameEn: `Bench Commune ${index}`, type: 'commune' as const,
          parentId: province?.id ?? null, legalBasis: null,
        },
      };
    }));
    await tree.rebuildClosure(tx);

    const groups = ['communication', 'grassroots-information', 'external-information'] as const;
    const places = [...communeIds, ...communeIds, ...top.flatMap((agency) => Array<number>(40).fill(agency.id))];
    const ids = await app.get(Roster).addPeople(tx, Array.from({ length: PEOPLE }, (_, index) => ({
      fullName: `Người Đo ${index}`, posts: Array.from({ length: random() < 0.1 ? 2 : 1 }, () => ({
        agencyId: places[Math.floor(random() * places.length)] as number, positionTitle: 'Chuyên viên',
        targetGroup: groups[Math.floor(random() * groups.length)] as (typeof groups)[number], from: '2025-07-01',
      })),
    })), new Date('2025-07-02T00:00:00Z'));
    await app.get(RecogniseLearning).many(tx, ids.filter(() => random() < 0.5).flatMap((personId) => [['K1', 24], ['K2', 16]].map(([criterion, periods]) => ({
      personId, criterion: String(criterion), periods: Number(periods), title: 'Đo', evidence: 'Đo',
      from: `2026-0${1 + Math.floor(random() * 9)}-15`, to: '2029-01-01', decidedBy: null,
    }))), new Date('2026-01-10T00:00:00Z'));

    const passwordHash = await app.get(Passwords).hash(BENCH_PASSWORD);
    const accounts = await app.get(CreateAccounts).run(tx, LEARNERS.map((username, index) => ({
      personId: ids[index] as number, fullName: `Người Đo ${index}`, username, passwordHash,
    })), { by: null, now });
    await tx.query('UPDATE account SET notice_accepted_at = $2 WHERE id = ANY($1)', [accounts.map((account) => account.id), now]);
  });
  await app.get(RecountEveryone).run(true);
  await app.get(Database).reader.query('VACUUM ANALYZE');
}
