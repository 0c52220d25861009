import { z } from 'zod';
import { optionalLine } from '../platform/http/forms.js';
import { MEMBER_FILTERS } from './class-board.repository.js';

const state = z.preprocess((value) => (value === '' ? undefined : value), z.enum(MEMBER_FILTERS, 'invalid').optional());

export const boardQuery = z.object({ state, q: optionalLine(80), cursor: optionalLine(600) });
export const exportQuery = boardQuery.omit({ cursor: true });
export const classesQuery = z.object({
  time: z.enum(['open', 'past'], 'invalid').optional().default('open'), cursor: optionalLine(200),
});
