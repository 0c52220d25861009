/**
 * How long being signed in lasts, and what a refresh token is worth. Access tokens are short, so that what was revoked
 * is soon of no use even where it is kept; the session behind them ends when it is not used, and in any case after days.
 */
export const ACCESS_SECONDS = 10 * 60;
export const IDLE_SECONDS = 12 * 60 * 60;
/** Two tabs, or a tab and a retry, present the same token at nearly the same moment: both get the same successor. */
export const GRACE_SECONDS = 30;

const DAY = 24 * 60 * 60 * 1000;
export const DAYS_WITH_ROLES = 7;
const DAYS_WITHOUT_ROLES = 30;

export const secondsBefore = (now: Date, seconds: number): Date => new Date(now.getTime() - seconds * 1000);

/** When a session that begins now ends at the latest. Roles reach other people's data, so they end sooner. */
export function sessionEnd(begun: Date, hasRoles: boolean): Date {
  return new Date(begun.getTime() + (hasRoles ? DAYS_WITH_ROLES : DAYS_WITHOUT_ROLES) * DAY);
}

export interface SessionState {
  /** Of the refresh token that is current. */
  generation: number;
  rotatedAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  accountDisabled: boolean;
}

/**
 * `rotate`: the current token, give the next. `same`: the one before it, moments ago; give the current again. `reuse`:
 * an old token came back, so two hold it and one of them is a thief. `ended`: nothing to refresh.
 */
export type RefreshOutcome = 'rotate' | 'same' | 'reuse' | 'ended';

export function judgeRefresh(session: SessionState | null, presented: number, now: Date): RefreshOutcome {
  if (!session || session.revokedAt || session.accountDisabled) return 'ended';
  if (session.expiresAt <= now || session.lastSeenAt <= secondsBefore(now, IDLE_SECONDS)) return 'ended';
  if (presented === session.generation) return 'rotate';
  if (presented > session.generation) return 'ended';
  const fresh = session.rotatedAt > secondsBefore(now, GRACE_SECONDS);
  return presented === session.generation - 1 && fresh ? 'same' : 'reuse';
}
