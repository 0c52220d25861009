import { Injectable } from '@nestjs/common';
import type { Tx } from './database/sql.js';

/**
 * What has happened, told inside the transaction in which it happened. A feature declares its facts by adding to this
 * interface (`declare module`), publishes them, and knows nobody who listens; src/reactions.ts is the one table of who
 * reacts, in which order. A reaction that fails undoes the fact: both are true, or neither.
 */
export interface FactMap {
  /** Keeps the type inhabited before any feature adds to it. Never published. */
  nothing: Record<never, never>;
}
export type FactKind = keyof FactMap;
type Reaction<K extends FactKind> = (tx: Tx, fact: FactMap[K]) => Promise<unknown>;

@Injectable()
export class Facts {
  private readonly reactions = new Map<FactKind, Reaction<FactKind>[]>();

  on<K extends FactKind>(kind: K, ...reactions: Reaction<K>[]): void {
    const list = this.reactions.get(kind) ?? [];
    this.reactions.set(kind, [...list, ...(reactions as unknown as Reaction<FactKind>[])]);
  }

  /** Runs the reactions one after another on the same transaction. */
  async publish<K extends FactKind>(tx: Tx, kind: K, fact: FactMap[K]): Promise<void> {
    for (const reaction of this.reactions.get(kind) ?? []) await reaction(tx, fact);
  }
}
