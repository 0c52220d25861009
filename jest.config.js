// Tests run as native ES modules. Two CommonJS packages of Fastify require() ES modules, which the
// module loader of jest cannot do before Node.js 24.9, so just those two are turned to CommonJS.
const commonjs = { jsc: { target: 'es2022' }, module: { type: 'commonjs' }, swcrc: false };

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest'],
    'node_modules/(cookie|content-disposition)/.+\\.js$': ['@swc/jest', commonjs],
  },
  transformIgnorePatterns: ['/node_modules/(?!(cookie|content-disposition)/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: 2,
  // Generous, because a shared machine may be slow: a test that hangs still ends.
  testTimeout: 90_000,
};
