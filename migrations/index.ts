import { Platform1790000000001 } from './0001-platform.js';
import { Agencies1790000000002 } from './0002-agencies.js';
import { Roster1790000000003 } from './0003-roster.js';
import { Access1790000000004 } from './0004-access.js';
import { Courses1790000000005 } from './0005-courses.js';
import { Learning1790000000006 } from './0006-learning.js';
import { Credentials1790000000007 } from './0007-credentials.js';
import { CountedPaths1790000000008 } from './0008-counted-paths.js';
import { AuditReading1790000000009 } from './0009-audit-reading.js';

/** Oldest first. A list and not a pattern: what runs on a real database is what a reviewer sees here. */
export const migrations = [
  Platform1790000000001,
  Agencies1790000000002,
  Roster1790000000003,
  Access1790000000004,
  Courses1790000000005,
  Learning1790000000006,
  Credentials1790000000007,
  CountedPaths1790000000008,
  AuditReading1790000000009,
];
