import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { AllowGuard } from './access/allow.guard.js';
import { AuditEntryEntity } from './audit-entry.entity.js';
import { AuditTrail } from './audit.js';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { DatabaseUrl } from './database/database-url.js';
import { Database } from './database/database.js';
import { dataSourceOptions } from './database/data-source.js';
import { migrate } from './database/migrate.js';
import { Dice } from './dice.js';
import { Facts } from './facts.js';
import { Files } from './files/files.js';
import { StoredFileEntity, StoredFilePartEntity } from './files/stored-file.entity.js';
import { InstallationEntity } from './installation.entity.js';
import { Installation } from './installation.js';
import { Jobs } from './jobs/jobs.js';
import { Logger } from './logger.js';
import { Mailbox } from './mail.js';
import { Metrics } from './metrics.js';

export interface PlatformParts {
  config: Config;
  databaseUrl: string;
  clock?: Clock;
  dice?: Dice;
  logger?: Logger;
  poolSize?: number;
}

/** What every feature stands on. Global: a feature need not import it to be given the clock or the database. */
@Global()
@Module({})
export class PlatformModule {
  static with(parts: PlatformParts): DynamicModule {
    const providers = [
      { provide: Config, useValue: parts.config },
      { provide: DatabaseUrl, useValue: new DatabaseUrl(parts.databaseUrl) },
      { provide: Clock, useValue: parts.clock ?? new Clock() },
      { provide: Dice, useValue: parts.dice ?? new Dice() },
      { provide: Logger, useValue: parts.logger ?? new Logger(parts.config.logLevel) },
      Database, Facts, AuditTrail, Jobs, Mailbox, Files, Installation, Metrics, AllowGuard,
    ];
    return {
      module: PlatformModule,
      imports: [
        DiscoveryModule,
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(parts.databaseUrl, parts.poolSize), autoLoadEntities: true }),
          dataSourceFactory: async (options) => {
            const source = await new DataSource(options as DataSourceOptions).initialize();
            await migrate(source);
            return source;
          },
        }),
        TypeOrmModule.forFeature([AuditEntryEntity, InstallationEntity, StoredFileEntity, StoredFilePartEntity]),
      ],
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
