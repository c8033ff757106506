import type { Config } from 'jest'

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
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
  transformIgnorePatterns: ['/node_modules/(?!(ky|fast-check|pure-rand)/)'],
  collectCoverageFrom: ['functions/**/*.ts'],
  coverageDirectory: 'build/coverage',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: {
    global: { statements: 90 },
    './functions/domain/': { statements: 100 },
    './functions/application/': { statements: 100 },
  },
} satisfies Config
