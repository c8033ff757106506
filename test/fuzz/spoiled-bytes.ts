import { constantFrom, integer, nat, oneof, record, tuple, array, type Arbitrary } from 'fast-check'

/** What befalls the bytes of a file. */
export interface Spoiling {
  readonly name: 'flip' | 'cut' | 'zero' | 'noise' | 'swap' | 'grow'
  readonly apply: (bytes: Buffer) => Buffer
}

const pageSize = 4_096

const someFlips: Arbitrary<Spoiling> = array(tuple(nat(), integer({ min: 1, max: 255 })), {
  minLength: 1,
  maxLength: 12,
}).map((flips) => ({
  name: 'flip',
  apply: (bytes) => {
    for (const [where, mask] of flips) {
      const at = where % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ mask
    }
    return bytes
  },
}))

/** In the head of a page, where SQLite keeps what leads to everything else. */
const someHeadFlips: Arbitrary<Spoiling> = tuple(
  nat(),
  nat(107),
  integer({ min: 1, max: 255 }),
).map(([page, offset, mask]) => ({
  name: 'flip',
  apply: (bytes) => {
    const at = (page % (bytes.length / pageSize)) * pageSize + offset
    bytes[at] = (bytes[at] ?? 0) ^ mask
    return bytes
  },
}))

const someCut: Arbitrary<Spoiling> = record({ where: nat(), whole: constantFrom(1, pageSize) }).map(
  ({ where, whole }) => ({
    name: 'cut',
    apply: (bytes) => bytes.subarray(0, Math.floor((where % bytes.length) / whole) * whole),
  }),
)

const onPage =
  (name: Spoiling['name'], write: (page: Buffer, all: Buffer) => void) =>
  (which: number): Spoiling => ({
    name,
    apply: (bytes) => {
      const at = (which % Math.floor(bytes.length / pageSize)) * pageSize
      write(bytes.subarray(at, at + pageSize), bytes)
      return bytes
    },
  })

const someGrowth: Arbitrary<Spoiling> = nat(3).map((pages) => ({
  name: 'grow',
  apply: (bytes) => Buffer.concat([bytes, Buffer.alloc(pages * 1_000, 7)]),
}))

export const someSpoiledBytes: Arbitrary<Spoiling> = oneof(
  someFlips,
  someHeadFlips,
  someCut,
  someGrowth,
  nat().map(onPage('zero', (page) => page.fill(0))),
  nat().map(onPage('noise', (page) => page.fill('\u00a5'))),
  nat().map(onPage('swap', (page, all) => page.set(all.subarray(all.length - pageSize)))),
)
