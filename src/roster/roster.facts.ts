/** Posts or people were added, changed or ended. Published once for each write, however many posts it touches. */
export interface RosterChanged {
  agencyIds: number[];
  personIds: number[];
}

declare module '../platform/facts.js' {
  interface FactMap {
    'roster-changed': RosterChanged;
  }
}
