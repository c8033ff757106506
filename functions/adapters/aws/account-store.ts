import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { newAccountState } from '../../application/account-state.ts'
import type { AccountStore } from '../../application/ports.ts'
import { parseAccount } from '../../application/stored-account.ts'
import { isConditionFailure, overVersion, type Table } from './table.ts'

const accountItem = z.object({ body: z.string() })

const id = 'account'

/**
 * The state of the account as one item of a DynamoDB table, always read as it was written last.
 * Every call may throw an error of the AWS SDK, and reading an UnreadableAccountError.
 */
export function createAccountStore({ client, name: TableName }: Table): AccountStore {
  return {
    read: async () => {
      const read = new GetCommand({ TableName, Key: { id }, ConsistentRead: true })
      const { Item } = await client.send(read)
      if (Item === undefined) return newAccountState
      return parseAccount(`table ${TableName}`, z.parse(accountItem, Item).body)
    },
    write: async (state, expectedVersion) => {
      const Item = { id, version: state.version, body: JSON.stringify(state) }
      try {
        await client.send(new PutCommand({ TableName, Item, ...overVersion(expectedVersion) }))
        return true
      } catch (error) {
        if (isConditionFailure(error)) return false
        throw error
      }
    },
  }
}
