import { expect, test } from '@jest/globals'
import { createAccountStore } from '../../../functions/adapters/local/account-store.ts'
import { UnreadableAccountError } from '../../../functions/application/stored-account.ts'
import { openPair } from './open-pair.ts'

test('a state of the account that makes no sense is an error, not a fresh start', async () => {
  const { own, beside, close } = openPair()
  const store = createAccountStore(own)
  await store.write({ ...(await store.read()), version: 1 }, 0)
  const spoil = beside.prepare(`update account set body = '{"version":1}'`)
  await beside.write(() => spoil.run())

  await expect(store.read()).rejects.toThrow(UnreadableAccountError)
  await expect(store.read()).rejects.toThrow(/state of the account in .*archiver\.sqlite cannot be/)
  await close()
})
