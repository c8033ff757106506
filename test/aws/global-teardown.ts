import { endEmulator } from './running-emulator.ts'

export default endEmulator
