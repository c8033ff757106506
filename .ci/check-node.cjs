// Runs before the packages are installed, on whatever Node is there, so it is plain old JavaScript.
// Where Node comes along as a package (Linux, x64 or arm64), any Node that runs npm will do.
var broughtAlong = process.platform === 'linux' && /^(x64|arm64)$/.test(process.arch)
var version = process.versions.node.split('.').map(Number)
var runsTypeScript = version[0] > 22 || (version[0] === 22 && version[1] >= 18)

if (!broughtAlong && !runsTypeScript) {
  console.error(
    'toloka-pool-archiver needs Node 22.18 or newer (24 is best); this is ' +
      process.version +
      '. Install it from https://nodejs.org and run the command again.',
  )
  process.exit(1)
}
