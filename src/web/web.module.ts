import { Global, Module } from '@nestjs/common';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { HomeController } from './home.controller.js';
import { PageInterceptor } from './page.interceptor.js';
import { PageRenderer } from './page-renderer.js';
import { Csrf } from '../platform/access/csrf.js';

@Global()
@Module({
  controllers: [HealthController, HomeController],
  providers: [Csrf, PageRenderer, PageInterceptor, ErrorFilter],
  exports: [Csrf, PageRenderer, PageInterceptor, ErrorFilter],
})
export class WebModule {}
