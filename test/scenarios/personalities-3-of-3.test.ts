import { describePersonalities } from './describe-personalities.ts'

describePersonalities(3, 3)
