import './typescript.mjs';

// jest loads its global set-up outside its own transforms.
export default async () => (await import('./global-setup.ts')).default();
