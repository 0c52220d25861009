import { Injectable } from '@nestjs/common';
import { first, one, rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { CertificateFacts } from './certificate-facts.js';

export interface Certificate {
  id: number;
  number: string;
  verifyCode: string;
  personId: number;
  facts: CertificateFacts;
  issuedOn: CivilDate;
  issuedAt: Date;
  validTo: CivilDate;
  trial: boolean;
  revokedAt: Date | null;
  revokedBecause: string | null;
  supersededByNumber: string | null;
}

const CERTIFICATE = `
  SELECT certificate.id, certificate.number, certificate.verify_code AS "verifyCode", certificate.person_id AS "personId",
    certificate.facts, certificate.issued_on AS "issuedOn", certificate.issued_at AS "issuedAt",
    certificate.valid_to AS "validTo", certificate.trial, revocation.revoked_at AS "revokedAt",
    revocation.reason AS "revokedBecause", successor.number AS "supersededByNumber"
  FROM certificate
  LEFT JOIN certificate_revocation revocation ON revocation.certificate_id = certificate.id
  LEFT JOIN certificate successor ON successor.id = certificate.superseded_by`;

interface Learned {
  personId: number;
  name: string;
  title: { vi: string; en: string };
  code: string;
  version: number;
  periods: number;
  from: CivilDate;
  to: CivilDate;
  score: number | null;
  assignmentPassed: boolean | null;
  proofs: { criterion: string; periods: number }[] | null;
  courses: CertificateFacts['courses'] | null;
  /** Shortest validity of what it rests on, in months; null: for good. */
  validityMonths: number | null;
  /** Whether completing it earns a certificate at all; every course does, a programme where its author says so. */
  certified: boolean;
}

@Injectable()
export class CertificatesRepository {
  byNumber(tx: Tx, number: string): Promise<Certificate | null> {
    return first(tx, `${CERTIFICATE} WHERE certificate.number = $1`, [number]);
  }

  byVerifyCode(tx: Tx, code: string): Promise<Certificate | null> {
    return first(tx, `${CERTIFICATE} WHERE certificate.verify_code = $1`, [code]);
  }

  ofPerson(tx: Tx, personId: number): Promise<Certificate[]> {
    return rows(tx, `${CERTIFICATE} WHERE certificate.person_id = $1 ORDER BY certificate.id DESC LIMIT 200`, [personId]);
  }

  /** Whether a person holds or held a post under one of these agencies on a day. */
  async holdsPostUnder(tx: Tx, personId: number, roots: number[], on: CivilDate): Promise<boolean> {
    const found = await first(tx,
      `SELECT 1 FROM post JOIN agency_closure c ON c.descendant_id = post.agency_id AND c.superseded_at = 'infinity'
        WHERE post.person_id = $1 AND post.superseded_at = 'infinity' AND post.valid_from <= $3 AND $3 < post.valid_to
          AND c.ancestor_id = ANY($2::int[]) AND c.valid_from <= $3 AND $3 < c.valid_to LIMIT 1`, [personId, roots, on]);
    return found !== null;
  }

  async nextRunningNumber(tx: Tx): Promise<number> {
    return (await one<{ n: number }>(tx, `SELECT nextval('certificate_number_seq') AS n`)).n;
  }

  /** The post to name on the paper: of a target group before any other, then the one held longest. */
  postOn(tx: Tx, personId: number, on: CivilDate): Promise<{ position: string; agency: { vi: string; en: string } } | null> {
    return first(tx,
      `SELECT held.position_title AS position, (
         SELECT json_build_object('vi', string_agg(v.name_vi, ', ' ORDER BY c.depth), 'en', string_agg(v.name_en, ', ' ORDER BY c.depth))
           FROM agency_closure c JOIN agency_version v ON v.agency_id = c.ancestor_id AND v.superseded_at = 'infinity'
             AND v.valid_from <= $2 AND $2 < v.valid_to
          WHERE c.descendant_id = held.agency_id AND c.superseded_at = 'infinity' AND c.valid_from <= $2 AND $2 < c.valid_to
            AND v.type <> 'nation') AS agency
       FROM post held
       WHERE held.person_id = $1 AND held.superseded_at = 'infinity' AND held.valid_from <= $2 AND $2 < held.valid_to
       ORDER BY held.target_group IN ('communication', 'grassroots-information', 'external-information') DESC,
         held.valid_from, held.post_id LIMIT 1`, [personId, on]);
  }

  courseLearned(tx: Tx, completionId: number): Promise<Learned | null> {
    return first(tx,
      `SELECT done.person_id AS "personId", person.full_name AS name, version.title, course.code, version.number AS version,
         version.periods, (run.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS "from", done.completed_on AS "to",
         (SELECT score FROM quiz_attempt WHERE id = (done.evidence->>'attempt')::bigint) AS score,
         CASE WHEN done.evidence->>'submission' IS NULL THEN NULL ELSE true END AS "assignmentPassed",
         (SELECT json_agg(json_build_object('criterion', criterion, 'periods', periods) ORDER BY criterion)
            FROM course_proof WHERE course_version_id = version.id) AS proofs,
         NULL AS courses, version.validity_months AS "validityMonths", true AS certified
       FROM course_completion done
       JOIN course_run run ON run.id = done.course_run_id
       JOIN person ON person.id = done.person_id
       JOIN course_version version ON version.id = done.course_version_id
       JOIN course ON course.id = done.course_id
       WHERE done.id = $1`, [completionId]);
  }

  programmeLearned(tx: Tx, completionId: number): Promise<Learned | null> {
    return first(tx,
      `SELECT done.person_id AS "personId", person.full_name AS name, version.title, programme.code, version.number AS version,
         parts.periods, parts."from", done.completed_on AS "to", NULL AS score, NULL AS "assignmentPassed",
         (SELECT json_agg(json_build_object('criterion', criterion, 'periods', periods) ORDER BY criterion) FROM (
            SELECT proof.criterion, sum(proof.periods)::int AS periods FROM course_completion cc
              JOIN course_proof proof ON proof.course_version_id = cc.course_version_id
             WHERE cc.id IN (SELECT jsonb_array_elements_text(done.evidence->'courseCompletions')::bigint)
             GROUP BY proof.criterion) sums) AS proofs,
         parts.courses, parts."validityMonths", version.certificate AS certified
       FROM programme_completion done
       JOIN person ON person.id = done.person_id
       JOIN programme_version version ON version.id = done.programme_version_id
       JOIN programme ON programme.id = done.programme_id
       CROSS JOIN LATERAL (
         SELECT sum(cv.periods)::int AS periods, min((run.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS "from",
           min(cv.validity_months)::int AS "validityMonths",
           json_agg(json_build_object('code', course.code, 'title', cv.title, 'periods', cv.periods) ORDER BY course.code) AS courses
         FROM course_completion cc
         JOIN course_run run ON run.id = cc.course_run_id
         JOIN course_version cv ON cv.id = cc.course_version_id
         JOIN course ON course.id = cc.course_id
         WHERE cc.id IN (SELECT jsonb_array_elements_text(done.evidence->'courseCompletions')::bigint)) parts
       WHERE done.id = $1`, [completionId]);
  }

  /** Completions that have earned a certificate and have none. Must always be empty: that is how we know. */
  withoutCertificate(tx: Tx, limit: number): Promise<{ kind: 'course' | 'programme'; completionId: number; at: Date }[]> {
    return rows(tx,
      `SELECT 'course' AS kind, done.id AS "completionId", done.completed_at AS at FROM course_completion done
        WHERE NOT EXISTS (SELECT 1 FROM certificate WHERE course_completion_id = done.id)
       UNION ALL
       SELECT 'programme', done.id, done.completed_at FROM programme_completion done
         JOIN programme_version version ON version.id = done.programme_version_id AND version.certificate
        WHERE NOT EXISTS (SELECT 1 FROM certificate WHERE programme_completion_id = done.id)
       ORDER BY 2 LIMIT $1`, [limit]);
  }
}
