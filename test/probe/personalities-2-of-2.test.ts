import { describePersonalities } from './describe-personalities.ts'

describePersonalities(2, 2)
