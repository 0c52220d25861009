import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CertificateEntity } from './certificate.entity.js';
import { CertificateRevocationEntity } from './certificate-revocation.entity.js';
import { CertificatesApiController } from './certificates.api.controller.js';
import { CertificatesController } from './certificates.controller.js';
import { CertificatesRepository } from './certificates.repository.js';
import { IssueCertificate } from './issue-certificate.js';
import { ReadCertificate } from './read-certificate.js';
import { RecogniseLearning } from './recognise-learning.js';
import { RecognisedLearningEntity } from './recognised-learning.entity.js';
import { ReconcileCertificates } from './reconcile-certificates.js';

@Module({
  imports: [TypeOrmModule.forFeature([CertificateEntity, CertificateRevocationEntity, RecognisedLearningEntity])],
  controllers: [CertificatesController, CertificatesApiController],
  providers: [CertificatesRepository, IssueCertificate, ReadCertificate, RecogniseLearning, ReconcileCertificates],
  exports: [IssueCertificate, RecogniseLearning, ReconcileCertificates],
})
export class CertificatesModule {}
