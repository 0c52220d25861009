/** Where the database is: DATABASE_URL, or the embedded server once it runs. A class, so that it can be injected. */
export class DatabaseUrl {
  constructor(readonly value: string) {}
}
