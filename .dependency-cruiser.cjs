// The architecture, as rules that a machine checks. ARCHITECTURE.md draws the same picture.
const folder = (...names) => `^functions/(${names.join('|')})/`

/** Files in `from` may use files of the project only from `allowed`. */
const onlyFrom = (from, allowed, comment) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment,
  from: { path: folder(from) },
  to: { path: '^(functions|test|infra)/', pathNot: folder(from, ...allowed) },
})

/** Only files in `owners` may use the module. */
const onlyIn = (name, module, owners, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^functions/', pathNot: owners },
  to: { path: module },
})

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'The domain imports nothing, not even Node. Pass the value in as an argument.',
      from: { path: folder('domain') },
      to: { pathNot: folder('domain') },
    },
    onlyFrom(
      'application',
      ['domain'],
      'A use case names what it needs from outside in ports.ts; adapters provide it.',
    ),
    onlyFrom(
      'adapters',
      ['application', 'domain'],
      'An adapter implements a port. Wiring belongs in runtime/.',
    ),
    {
      name: 'adapters-know-only-ports',
      severity: 'error',
      comment:
        'Of the application an adapter knows the ports, the words of the journal and how stored things ' +
        'are asked for and read, no use case.',
      from: { path: folder('adapters') },
      to: {
        path: folder('application'),
        pathNot:
          '^functions/application/(ports|subscription-ports|operator-ports|account-state|journal|toloka-error|record-query|stored-[a-z]+)\\.ts$',
      },
    },
    {
      name: 'adapters-know-no-other-adapter',
      severity: 'error',
      comment: 'Two adapters that need the same thing get it from the runtime, or it is domain.',
      from: { path: '^functions/adapters/([^/]+)/' },
      to: { path: folder('adapters'), pathNot: '^functions/adapters/$1/' },
    },
    onlyFrom('runtime', ['adapters', 'application', 'domain'], 'Wiring knows no edge.'),
    ...['handlers', 'page'].map((edge) =>
      onlyFrom(
        edge,
        ['runtime', 'application', 'domain'],
        'An edge gets adapters from the runtime.',
      ),
    ),
    ...['local', 'cli'].map((edge) =>
      onlyFrom(
        edge,
        ['page', 'runtime', 'application', 'domain'],
        'An edge gets adapters from the runtime; these two may show the status page.',
      ),
    ),
    onlyIn(
      'ky-in-one-place',
      'node_modules/ky/',
      folder('adapters/toloka'),
      'HTTP to Toloka only.',
    ),
    onlyIn(
      'aws-in-one-place',
      'node_modules/@aws-(sdk|lambda-powertools)/',
      folder('adapters/aws'),
      'AWS only there.',
    ),
    onlyIn('sqlite-in-one-place', '^node:sqlite$|^sqlite$', folder('adapters/local'), 'One store.'),
    {
      name: 'product-knows-no-test',
      severity: 'error',
      comment: 'What the product needs is part of the product.',
      from: { path: '^functions/' },
      to: { path: '^test/' },
    },
    {
      name: 'checker-knows-no-product',
      severity: 'error',
      comment: 'Who judges the product by its own code acquits it.',
      from: { path: '^test/simulation/checker\\.ts$' },
      to: { path: '^functions/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle has no first file to read.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'An import that cannot be resolved is not checked by the other rules.',
      from: {},
      // These are types alone, of the package @types/aws-lambda.
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
