import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import { proofPeriod } from '../rules/coverage.js';
import type { KnownProof } from '../rules/trained-history.js';

type CompletionRow = {
  personId: number; courseId: number; criterion: string; periods: number; completedOn: string;
  validityMonths: number | null; knownFrom: Date; revokedAt: Date | null;
};
type RecognisedRow = {
  personId: number; id: number; criterion: string; periods: number; from: string; to: string; knownFrom: Date;
  knownTo: Date | number;
};

/** The evidence that coverage rests on: completed courses and recognised learning, each with when it was known. */
@Injectable()
export class ProofsRepository {
  /** Two statements, however many people. People without any evidence are not in the answer. */
  async ofPeople(tx: Tx, personIds: readonly number[]): Promise<Map<number, KnownProof[]>> {
    const completions = await rows<CompletionRow>(tx,
      `SELECT done.person_id AS "personId", done.course_id AS "courseId", proof.criterion, proof.periods,
         done.completed_on AS "completedOn", version.validity_months AS "validityMonths", done.completed_at AS "knownFrom",
         revocation.revoked_at AS "revokedAt"
       FROM course_completion done
       JOIN course_version version ON version.id = done.course_version_id
       JOIN course_proof proof ON proof.course_version_id = done.course_version_id
       LEFT JOIN certificate ON certificate.course_completion_id = done.id
       LEFT JOIN certificate_revocation revocation ON revocation.certificate_id = certificate.id
       WHERE done.person_id = ANY($1)`, [personIds]);
    const recognised = await rows<RecognisedRow>(tx,
      `SELECT person_id AS "personId", id, criterion, periods, valid_from AS "from", valid_to AS "to",
         recorded_at AS "knownFrom", superseded_at AS "knownTo"
       FROM recognised_learning WHERE person_id = ANY($1)`, [personIds]);

    const proofs = new Map<number, KnownProof[]>();
    const add = (personId: number, proof: KnownProof) => {
      const list = proofs.get(personId);
      if (list) list.push(proof);
      else proofs.set(personId, [proof]);
    };
    for (const row of completions) {
      add(row.personId, {
        criterion: row.criterion, periods: row.periods, source: `course:${row.courseId}`,
        ...proofPeriod(row.completedOn, row.validityMonths),
        knownFrom: row.knownFrom.getTime(), knownTo: row.revokedAt?.getTime() ?? Infinity,
      });
    }
    for (const row of recognised) {
      add(row.personId, {
        criterion: row.criterion, periods: row.periods, source: `recognised:${row.id}`, from: row.from, to: row.to,
        knownFrom: row.knownFrom.getTime(), knownTo: Number(row.knownTo),
      });
    }
    return proofs;
  }
}

/** What was known just before an instant (in milliseconds of the epoch). */
export const knownBefore = (proofs: readonly KnownProof[], instant: number): KnownProof[] =>
  proofs.filter((proof) => proof.knownFrom < instant && instant <= proof.knownTo);

/** What stands as far as is known by now. */
export const standing = (proofs: readonly KnownProof[]): KnownProof[] =>
  proofs.filter((proof) => proof.knownTo === Infinity);
