import { describe, expect, test } from '@jest/globals'
import { explainDelivery } from '../../functions/domain/explain-delivery.ts'

const failed = { success: false, errorType: null, receivedStatus: null }

describe('A test event', () => {
  test.each([
    [{ ...failed, success: true }, /^Toloka sent a test event, and the webhook took it\.$/],
    [{ ...failed, errorType: 'CONNECTION_ERROR' }, /reached from the internet, by https/],
    [{ ...failed, errorType: 'REQUEST_TIMEOUT' }, /Is the archiver running/],
    [{ ...failed, errorType: 'TOO_MANY_CONNECTIONS' }, /Try again in some minutes/],
    [{ ...failed, errorType: 'INTERNAL_ERROR' }, /Toloka failed by itself/],
    [{ ...failed, errorType: 'WRONG_STATUS_CODE', receivedStatus: 401 }, /by 401: .*signature/],
    [{ ...failed, receivedStatus: 404 }, /by 404: .*\/webhooks\/toloka/],
    [{ ...failed, receivedStatus: 413 }, /by 413: .*that size/],
    [{ ...failed, receivedStatus: 503 }, /by 503: .*Its journal says why/],
    [{ ...failed, receivedStatus: 302 }, /by 302: only 2xx counts/],
    [{ ...failed, errorType: 'UNKNOWN' }, /says no more than UNKNOWN\.$/],
    [failed, /says no more than that\.$/],
  ])('that ended as %j is explained', (seen, words) => {
    expect(explainDelivery(seen)).toMatch(words)
  })
})
