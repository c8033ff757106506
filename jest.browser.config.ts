import type { Config } from 'jest'
import base from './jest.config.ts'

/** The status page in a real browser; needs Chromium at CHROMIUM, or at /usr/bin/chromium. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
} satisfies Config
