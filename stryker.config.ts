/** Small faults, one after the other, in the rules and the stories: does a test notice? */
export default {
  mutate: [
    'functions/domain/*.ts',
    'functions/application/*.ts',
    // A vocabulary. What depends on its codes is tested in test/infra, with the packaged stack.
    '!functions/application/journal.ts',
  ],
  testRunner: 'jest',
  jest: { configFile: 'jest.mutation.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000, // On a busy machine a mutant must not seem to be found because it was slow.
  disableTypeChecks: false, // Nothing checks types here: swc leaves them out.
  // TypeScript 7 cannot be asked by Stryker how to rewrite tsconfig.json; Jest needs none.
  ignorePatterns: ['build', 'data', 'dist', 'tsconfig.json'],
  tempDirName: 'build/mutation/sandbox',
  incrementalFile: 'build/mutation/incremental.json',
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  htmlReporter: { fileName: 'build/mutation/report.html' },
  jsonReporter: { fileName: 'build/mutation/report.json' },
  thresholds: { high: 95, low: 90, break: 90 },
}
