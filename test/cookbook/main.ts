import { writeFileSync } from 'node:fs'
import { writeCookbook } from './cookbook.ts'

writeFileSync('docs/cookbook.md', await writeCookbook())
