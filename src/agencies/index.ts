export { AgenciesModule } from './agencies.module.js';
export { Agencies, type AgencyPage } from './agencies.js';
export type { Agency, AgencyDescription, AgencyRow } from './agencies.repository.js';
export { AgencyTree, type AgencyFacts } from './agency-tree.js';
export { LoadBaseAgencies } from './load-base-agencies.js';
export { ROOT_CODE } from './base-agencies.js';
export { ConfirmAgenciesImport } from './confirm-agencies-import.js';
export { PreviewAgenciesImport } from './preview-agencies-import.js';
export { AgencyImports } from './agency-imports.js';
