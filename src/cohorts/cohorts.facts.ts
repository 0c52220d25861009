/** People were given a class to finish, all in one go. Those who were in it already are not named. */
export interface PeopleEnrolled {
  cohortId: number;
  personIds: number[];
  at: Date;
}

declare module '../platform/facts.js' {
  interface FactMap {
    'people-enrolled': PeopleEnrolled;
  }
}
