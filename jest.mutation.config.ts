import type { Config } from 'jest'
import base from './jest.config.ts'

/** The tests that Stryker runs over and over: npm run mutate. */
export default {
  ...base,
  testMatch: [
    '<rootDir>/test/{domain,application,contract}/**/*.test.ts',
    // They read what the application has stored, and what it is told.
    '<rootDir>/test/adapters/local/{account,archival}-store.test.ts',
    '<rootDir>/test/adapters/toloka/errors.test.ts',
  ],
  testPathIgnorePatterns: [
    '/node_modules/',
    // They judge many cases in processes of their own, and take seconds: too long for each mutant.
    '<rootDir>/test/application/large-sweep.test.ts',
    '<rootDir>/test/domain/eligibility-time-zones.test.ts',
  ],
  runner: '<rootDir>/test/mutation/mutant-runner.cjs',
  maxWorkers: 1,
} satisfies Config
