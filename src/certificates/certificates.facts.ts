/** A certificate was issued. Happens once a completion. */
export interface CertificateIssued {
  certificateId: number;
  number: string;
  personId: number;
  at: Date;
}

/** What proves a criterion has changed for a person: a completion, recognised learning, a revocation. */
export interface CredentialsChanged {
  personId: number;
  at: Date;
}

declare module '../platform/facts.js' {
  interface FactMap {
    'certificate-issued': CertificateIssued;
    'credentials-changed': CredentialsChanged;
  }
}
