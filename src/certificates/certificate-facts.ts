import type { CivilDate } from '../rules/civil-date.js';

type Both = { vi: string; en: string };

/** Everything a certificate says, frozen in the transaction that issued it. The paper and the check show just this. */
export interface CertificateFacts {
  kind: 'course' | 'programme';
  name: string;
  /** Post held on the day of completion; null for somebody who held none. */
  position: string | null;
  /** From the agency upwards: `Xã Mẫu Một, Tỉnh Ví Dụ`. */
  agency: Both | null;
  title: Both;
  code: string;
  /** Version of the content that was studied. */
  version: number;
  /** Periods (tiết) of 45 minutes. */
  periods: number;
  /** First day of study and day of completion, both inclusive. */
  from: CivilDate;
  to: CivilDate;
  /** Of the quiz that was passed, 0 to 100; null for a programme or a course without a quiz. */
  score: number | null;
  assignmentPassed: boolean | null;
  proofs: { criterion: string; periods: number }[];
  courses: { code: string; title: Both; periods: number }[];
}
