import { describePersonalities } from './describe-personalities.ts'

describePersonalities(1, 2)
