/** Has the function that sweeps begin; as the recurring schedule sends it, see infra/scheduling.yml. */
export const sweepMessage = JSON.stringify({ version: 1, sweep: true })
