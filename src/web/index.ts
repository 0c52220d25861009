export { ErrorFilter, sentence } from './error.filter.js';
export { languageOf } from './language.js';
export { Page, page, redirectTo, Redirect, type PageFacts } from './page.js';
export { PageInterceptor } from './page.interceptor.js';
export { PageRenderer } from './page-renderer.js';
export { formAgain } from './form-again.js';
export { showRate, Views } from './views.js';
export { WebModule } from './web.module.js';
