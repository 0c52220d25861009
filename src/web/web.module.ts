import { Global, Module } from '@nestjs/common';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { HomeController } from './home.controller.js';
import { OpenApiController } from './openapi.controller.js';
import { OpenApi } from './openapi.js';
import { PageInterceptor } from './page.interceptor.js';
import { PageRenderer } from './page-renderer.js';
import { Csrf } from '../platform/access/csrf.js';

@Global()
@Module({
  controllers: [HealthController, HomeController, OpenApiController],
  providers: [Csrf, PageRenderer, PageInterceptor, ErrorFilter, OpenApi],
  exports: [Csrf, PageRenderer, PageInterceptor, ErrorFilter, OpenApi],
})
export class WebModule {}
