import { withDefault } from './setting.ts'
import { durationOfAtLeast } from './setting-values.ts'

/** How old a signed delivery may be. */
export const webhookTolerance = withDefault('24h', durationOfAtLeast('1s'))
