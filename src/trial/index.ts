export { TrialModule } from './trial.module.js';
export { LoadTrialData } from './load-trial-data.js';
export { TRIAL_ACCOUNTS } from './trial-accounts.js';
