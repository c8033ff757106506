import { resolve } from 'node:path'
import type { Config } from 'jest'

// Programs that tests start are compiled once.
process.env['NODE_COMPILE_CACHE'] ??= resolve('build/compile-cache')

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // They need Python and minutes, or Chromium: npm run test:aws, npm run test:browser.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/aws/', '<rootDir>/test/browser/'],
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  maxWorkers: '100%',
  // Only against what never ends: nothing here depends on how fast the machine is.
  testTimeout: 60_000,
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, sourceMaps: 'inline' },
    ],
  },
  // These packages ship ES modules only, and Jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(commander|ky|fast-check|pure-rand)/)'],
  collectCoverageFrom: ['functions/**/*.ts'],
  coverageDirectory: 'build/coverage',
  coverageReporters: ['text-summary', 'lcovonly'],
  coverageThreshold: {
    global: { statements: 90 },
    './functions/domain/': { statements: 100 },
    './functions/application/': { statements: 100 },
  },
} satisfies Config
