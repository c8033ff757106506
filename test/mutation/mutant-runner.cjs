// The types of jest-runner fit CommonJS only, so this is no TypeScript.
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { default: TestRunner } = require('jest-runner')

/** Stands in Stryker's sandbox. Its first run, which is without a mutant, writes it. */
const knownFile = 'tests-by-file.json'

/**
 * Stryker names the tests that reach a mutant; Jest would load every file that has to do with the
 * mutant all the same, and go on after a failure. This loads only the files that hold one of these
 * tests, the fastest first, and ends with the first file that fails: the mutant is dead.
 */
module.exports = class MutantRunner extends TestRunner {
  constructor(globalConfig, context) {
    super(globalConfig, context)
    this.namePattern = new RegExp(globalConfig.testNamePattern ?? '', 'i')
  }

  async runTests(tests, watcher, options) {
    const known = readKnown()
    const seen = {}
    let hasFailed = false
    this.on('test-file-failure', () => {
      hasFailed = true
    })
    this.on('test-file-success', ([{ path }, { numFailingTests, testResults, perfStats }]) => {
      hasFailed ||= numFailingTests > 0
      seen[path] = { names: testResults.map(({ fullName }) => fullName), ms: perfStats.runtime }
    })
    for (const test of known ? this.worthwhile(tests, known) : tests) {
      await super.runTests([test], watcher, options)
      if (known && hasFailed) return
    }
    if (!known) writeFileSync(knownFile, JSON.stringify(seen))
  }

  worthwhile(tests, known) {
    return tests
      .filter(({ path }) => known[path]?.names.some((name) => this.namePattern.test(name)) ?? true)
      .toSorted((one, other) => (known[one.path]?.ms ?? 0) - (known[other.path]?.ms ?? 0))
  }
}

function readKnown() {
  return existsSync(knownFile) ? JSON.parse(readFileSync(knownFile, 'utf8')) : null
}
