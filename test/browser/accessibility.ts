import { source } from 'axe-core'
import type { Page } from 'playwright-core'
import * as z from 'zod/mini'

const report = z.object({
  passes: z.array(z.unknown()),
  violations: z.array(
    z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
})

/** What axe finds wrong, each with the markup that it means. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // Through the developer tools, where the policy of the page has no say.
  await page.evaluate(source)
  const { passes, violations } = z.parse(report, await page.evaluate('axe.run()'))
  if (passes.length < 10) throw new Error('Axe has looked at almost nothing.')
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help} ${html}`),
  )
}

/** How far the page is wider than the window; 0 if nobody has to scroll sideways. */
export async function excessWidth(page: Page): Promise<number> {
  const excess = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  return z.parse(z.number(), await page.evaluate(excess))
}
