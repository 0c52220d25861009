import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/index.js';
import { PlatformModule, type PlatformParts } from './platform/platform.module.js';
import { WebModule } from './web/index.js';

/** The features, from the ground up. */
@Module({})
export class AppModule {
  static with(parts: PlatformParts): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(parts), WebModule, AccessModule],
    };
  }
}
