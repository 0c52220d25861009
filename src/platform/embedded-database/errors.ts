/** A refusal of the embedded database. The code is stable; the message is for the log of the operator. */
export class EmbeddedDatabaseError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** Another live process runs its service on the same folder. `pid` is 0 where it could not be learnt. */
export class EmbeddedDatabaseInUse extends EmbeddedDatabaseError {
  constructor(dataDir: string, pid: number) {
    super(
      'embedded-database-in-use',
      `Another service (process ${pid}) is already running on ${dataDir}.` +
        ' Stop it first, or give this one another DATA_DIR.',
      { dataDir, pid },
    );
  }
}
