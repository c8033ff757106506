import type { Config } from 'jest'
import base from './jest.config.ts'

/** The tests on the AWS emulator: one stack, one story after the other. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/aws/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/aws/global-setup.ts',
  globalTeardown: '<rootDir>/test/aws/global-teardown.ts',
  maxWorkers: 1,
  testTimeout: 240_000,
} satisfies Config
