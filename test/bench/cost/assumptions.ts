/** What cannot be counted here. Everything else in the benchmark of costs is counted. */
export const assumed = {
  /** Of a call of a warm function, besides what it waits for. */
  callSeconds: 0.05,
  /** More, if the function has to be started. */
  coldStartSeconds: 0.6,
  /** Until Toloka has answered, with the distance that is kept to the request before. */
  tolokaSeconds: 0.2,
  /** Until a service of AWS has answered. */
  awsSeconds: 0.01,
  /** What a request to Toloka sends out, with its headers and its encryption. */
  requestBytes: 700,
  /** What CloudWatch counts with each line. */
  logLineBytes: 26,
  /** Lambda's own lines of a call that goes well: START, END and REPORT, each with the above. */
  platformLogBytes: 380,
  /** What another design would write to its log for each call of a function. */
  otherLogBytes: 300,
  hoursPerMonth: 730,
  /** Lambda has five pollers ask each queue, and each of them waits 20 s for an answer. */
  pollersPerQueue: 5,
  pollSeconds: 20,
  /** Of a sweep over a few closed pools. */
  sweepSeconds: 3,
  sweepLogBytes: 1_500,
  /** Of a busy month: sandboxes that stay warm, each reading its secrets again and again. */
  warmWebhooks: 1,
  warmWakeUps: 2,
  /** Of a durable execution: what each operation writes. */
  durableOperationBytes: 1_000,
  /** For how long its history is kept after its end; the least there is. */
  durableRetentionDays: 1,
  /** Of a record in the table of a cron, which reads all of them by pages. */
  cronRecordBytes: 500,
} as const
