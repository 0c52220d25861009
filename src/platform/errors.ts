/**
 * What the system says no to. A refusal is a stable code with parameters; the sentence a person reads stands in
 * texts/<lang>/errors.json under that code. Anything that is not a refusal is a fault of ours and answers 500.
 */
export interface Problem {
  /** The field of the form or the property of the request, where one is to blame. */
  field?: string;
  code: string;
  params?: Record<string, unknown>;
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    /** Every reason at once, not the first only. */
    readonly problems: Problem[] = [],
  ) {
    super(code);
  }
}

/** The request is understood and against a rule. 422 */
export const refused = (code: string, params?: Record<string, unknown>) => new Refusal(422, code, params);

/** A field is wrong. 422 */
export const badField = (field: string, code: string, params?: Record<string, unknown>) =>
  new Refusal(422, 'form-invalid', {}, [{ field, code, params }]);

/** Several fields are wrong. 422 */
export const badFields = (problems: Problem[]) => new Refusal(422, 'form-invalid', {}, problems);

/** It does not exist, or not for this person: the two must not be told apart. 404 */
export const notFound = (code = 'not-found', params?: Record<string, unknown>) => new Refusal(404, code, params);

/** Signed in, but this is not theirs to do. 403 */
export const forbidden = (code = 'forbidden', params?: Record<string, unknown>) => new Refusal(403, code, params);

/** Somebody or something else came first. 409 */
export const conflict = (code: string, params?: Record<string, unknown>) => new Refusal(409, code, params);
