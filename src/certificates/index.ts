export { CertificatesModule } from './certificates.module.js';
export { IssueCertificate } from './issue-certificate.js';
export { RecogniseLearning, type LearningToRecognise } from './recognise-learning.js';
export { drawCertificate, type DrawnCertificate } from './pdf/draw-certificate.js';
export { ReconcileCertificates } from './reconcile-certificates.js';
export type { CertificateFacts } from './certificate-facts.js';
export type { CertificateIssued, CredentialsChanged } from './certificates.facts.js';
