// Who may import whom. `from` and `to` are patterns on paths relative to the checkout; a rule's comment names the way out.

/**
 * One layer and everything of the product that it may import.
 * @param {string} name
 * @param {string} from pattern of the layer's files
 * @param {string[]} allowed patterns of what it may import, besides itself
 * @param {string} comment
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function layer(name, from, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from },
    to: { path: '^(shared|electron|renderer|test|build)/', pathNot: [from, ...allowed] },
  }
}

const sharedBase = ['^shared/geometry/', '^shared/diff/']
const sharedDomain = [...sharedBase, '^shared/domain/']

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Move what both need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared runs in every process: no node, no electron. Pass what is needed in as an argument.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: ['^electron$', '^node_modules/(electron|react|react-dom|@mantine)/'] },
    },
    {
      name: 'shared-without-node',
      comment: 'shared runs in the window too: no modules of Node.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    layer('geometry-first', '^shared/geometry/', [], 'geometry stands on nothing.'),
    layer('diff-first', '^shared/diff/', ['^shared/geometry/'], 'diff stands on geometry at most.'),
    layer('domain-second', '^shared/domain/', sharedBase, 'domain stands on geometry and diff.'),
    layer('quality-third', '^shared/quality/', sharedDomain, 'Metrics stand on domain, diff and geometry.'),
    layer('formats-third', '^shared/formats/', sharedDomain, 'formats stand on domain, diff and geometry.'),
    layer('api-third', '^shared/api/', sharedDomain, 'The API stands on domain, diff and geometry.'),
    layer('rpc-third', '^shared/rpc/', sharedDomain, 'The window contract stands on domain, diff and geometry.'),
    layer('engine-http', '^electron/engine/http/', ['^shared/', '^electron/engine/sync/ports[.]ts$'], 'Requests and time-outs know no driver.'),
    ...Object.entries({ db: [], audit: [], threads: [], tiles: ['^electron/engine/threads/'], storage: ['^electron/engine/http/'], remotes: ['^electron/engine/http/'] }).map(([name, base]) =>
      layer(
        `engine-${name}`,
        `^electron/engine/${name}/`,
        ['^shared/', '^electron/engine/sync/ports[.]ts$', ...base],
        'Parts of the engine do not know each other: take what is needed through a port of sync/ports.ts; engine.ts wires.',
      ),
    ),
    {
      name: 'ports-are-types',
      comment: 'Only types cross from sync/ports.ts into the drivers: use `import type`.',
      severity: 'error',
      from: { path: '^electron/engine/(db|storage|remotes|tiles|audit|http)/' },
      to: { path: '^electron/engine/sync/ports[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    layer('engine-sync', '^electron/engine/sync/', ['^shared/'], 'Sync reaches the database and the network through its ports only.'),
    layer('engine', '^electron/engine/', ['^shared/'], 'The engine knows neither the main process nor the window.'),
    {
      name: 'engine-without-electron',
      comment: 'The engine also runs in plain Node: what Electron knows comes in through its options.',
      severity: 'error',
      from: { path: '^electron/(engine|cli)/' },
      to: { path: ['^electron$', '^node_modules/electron/'] },
    },
    layer('preload', '^electron/preload/', ['^shared/rpc/'], 'The bridge knows the window contract and nothing else.'),
    layer('main', '^electron/main/', ['^shared/'], 'The main process starts the engine as a process; it does not import it.'),
    layer('cli', '^electron/cli/', ['^electron/engine/', '^shared/'], 'The command line stands on the engine.'),
    layer('editor', '^renderer/editor/', sharedDomain, 'The editor is headless: domain, diff and geometry only.'),
    {
      name: 'editor-without-react',
      comment: 'The editor is headless: no React. Views subscribe to its store.',
      severity: 'error',
      from: { path: '^renderer/editor/' },
      to: { path: '^node_modules/(react|react-dom|react-i18next|@mantine|@tabler|@tanstack)(/|$)' },
    },
    layer('canvas', '^renderer/canvas/', ['^renderer/editor/', '^shared/'], 'The canvas shows the editor; it talks to nobody else.'),
    layer('bridge', '^renderer/bridge/', ['^shared/'], 'The bridge turns the preload API into typed calls; it knows no view.'),
    layer(
      'features',
      '^renderer/features/',
      ['^renderer/(editor|canvas|bridge)/', '^shared/'],
      'Features do not know the frame that shows them: pass it in as a property.',
    ),
    layer('window', '^renderer/', ['^shared/'], 'The window and the other processes only share shared/.'),
    {
      name: 'bundled-or-declared',
      comment: 'Add the package to package.json: it is only here because another package needs it.',
      severity: 'error',
      // Electron's default app and the benchmarks' windows are packages of their own, in Electron.
      from: { path: '^(shared|electron|renderer|test|build)/', pathNot: ['^build/provision/defaultApp/', '^test/(bench/emptyWindow|bench/canvas/window|driver/pageWindow)/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    // Asset imports (?url) and style sheets are the bundler's business.
    exclude: { path: '[.]css$|[?]' },
  },
}
