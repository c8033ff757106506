import * as z from 'zod/mini'

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.pipe(
    z.optional(z.record(z.string(), z.unknown())),
    z.transform((properties) => properties ?? {}),
  ),
})

const template = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })),
})

export type Template = z.infer<typeof template>
export type Resource = z.infer<typeof resource>

export function parseTemplate(text: string): Template {
  return template.parse(JSON.parse(text))
}

/** The resources of a type, by their logical ids. */
export function ofType({ Resources }: Template, type: string): [string, Resource][] {
  const found = Object.entries(Resources).filter(([, { Type }]) => Type === type)
  if (found.length === 0) throw new Error(`There is no ${type}`)
  return found
}

export function resourceOf({ Resources }: Template, id: string): Resource {
  const found = Resources[id]
  if (found === undefined) throw new Error(`There is no resource ${id}`)
  return found
}

const reference = z.union([
  z.pipe(
    z.object({ Ref: z.string() }),
    z.transform(({ Ref }) => Ref),
  ),
  z.pipe(
    z.object({ 'Fn::GetAtt': z.array(z.string()) }),
    z.transform((value) => value['Fn::GetAtt'].join('.')),
  ),
  z.pipe(
    z.object({ 'Fn::Sub': z.string() }),
    z.transform((value) => value['Fn::Sub']),
  ),
  z.string(),
])

/** `Queue`, `Queue.Arn` or the text of a substitution; a text as it is. */
export function shorten(value: unknown): string {
  return reference.parse(value)
}
