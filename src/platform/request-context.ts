import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs to the request being served: for the log and the audit trail, never for a decision. */
export interface RequestContext {
  requestId: string;
  accountId: number | null;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const requestContext = (): RequestContext | undefined => storage.getStore();

/** Everything that the callback starts, however late, sees this context. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
