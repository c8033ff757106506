// A sender of webhooks in a process of its own. Reads a plan from standard input, and prints a
// report, both as JSON.
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { deliverAtFullSpeed, fullSpeedPlan } from './deliver-at-full-speed.ts'

const plan = z.parse(fullSpeedPlan, JSON.parse(await text(process.stdin)))
process.stdout.write(JSON.stringify(await deliverAtFullSpeed(plan)))
