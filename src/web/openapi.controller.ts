import { Controller, Get, Header } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { apiDocsPage } from './api-docs.page.js';
import { OpenApi } from './openapi.js';
import { page } from './page.js';

/** The contract with other systems: for machines, and for the people who connect them. */
@Controller('api')
export class OpenApiController {
  constructor(private readonly openApi: OpenApi) {}

  @Allow('anyone')
  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  document() {
    return this.openApi.document();
  }

  @Allow('anyone')
  @Get('docs')
  docs(@Lang() lang: Language) {
    const groups = apiDocsPage(this.openApi.document());
    return page('web/api-docs', { title: text(lang, 'api-docs.title'), wide: true, groups });
  }
}
