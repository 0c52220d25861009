import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import type { Question } from '../rules/questions.js';
import type { CourseVersion } from './course-version.js';

/** Reads of published courses. */
@Injectable()
export class CoursesRepository {
  /** Ids of the newest version of each course that is asked for, in the order of the outline. */
  async latestIds(tx: Tx, which: {
    courseId?: number; slug?: string; code?: string; courseIds?: readonly number[];
  }): Promise<number[]> {
    const found = await rows<{ id: number }>(tx,
      `SELECT DISTINCT ON (course.code) version.id
         FROM course JOIN course_version version ON version.course_id = course.id
        WHERE ($1::int IS NULL OR course.id = $1) AND ($2::text IS NULL OR course.slug = $2)
          AND ($3::text IS NULL OR course.code = $3) AND ($4::int[] IS NULL OR course.id = ANY($4))
        ORDER BY course.code, version.number DESC`,
      [which.courseId ?? null, which.slug ?? null, which.code ?? null, which.courseIds ?? null]);
    return found.map((row) => row.id);
  }

  async versions(tx: Tx, ids: readonly number[]): Promise<CourseVersion[]> {
    return rows<CourseVersion>(tx,
      `SELECT version.id, course.id AS "courseId", course.code, course.slug, version.number, version.title,
              version.summary, version.periods, version.validity_months AS "validityMonths", version.competences,
              version.outcomes, version.quiz, version.completion, version.assignment,
              version.published_at AS "publishedAt",
              (SELECT count(*)::int FROM question WHERE question.course_version_id = version.id) AS bank,
              coalesce((SELECT jsonb_agg(jsonb_build_object('criterion', proof.criterion, 'periods', proof.periods)
                                         ORDER BY proof.criterion)
                          FROM course_proof proof WHERE proof.course_version_id = version.id), '[]') AS proofs,
              (SELECT jsonb_agg(jsonb_build_object('id', lesson.id, 'code', lesson.code, 'slug', lesson.slug,
                                'position', lesson.position, 'title', lesson.title, 'minutes', lesson.minutes,
                                'outcomes', lesson.outcomes, 'contents',
                                lesson.contents #- '{vi,markdown}' #- '{en,markdown}') ORDER BY lesson.position)
                 FROM lesson WHERE lesson.course_version_id = version.id) AS lessons
         FROM course_version version JOIN course ON course.id = version.course_id
        WHERE version.id = ANY($1)`, [ids]);
  }

  async questions(tx: Tx, versionId: number): Promise<Question[]> {
    const found = await rows<{ question: Question }>(tx,
      `SELECT content || jsonb_build_object('key', key, 'type', type, 'outcome', outcome, 'difficulty', difficulty,
                                            'kind', kind) AS question
         FROM question WHERE course_version_id = $1 ORDER BY id`, [versionId]);
    return found.map((row) => row.question);
  }

  async media(tx: Tx, versionId: number, name: string): Promise<{ mediaType: string; body: Buffer } | null> {
    return first(tx, `SELECT media_type AS "mediaType", body FROM course_media
                       WHERE course_version_id = $1 AND name = $2`, [versionId, name]);
  }
}
