// A sender of webhooks in a process of its own. Reads a plan from standard input, and prints a
// report, both as JSON.
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { deliverAtRate, deliveryPlan } from './deliver-at-rate.ts'

const plan = z.parse(deliveryPlan, JSON.parse(await text(process.stdin)))
process.stdout.write(JSON.stringify(await deliverAtRate(plan)))
