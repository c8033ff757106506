// What serverless.yml refers to must be CommonJS.
const { resolveStage } = require('./stage.ts')

module.exports = resolveStage
