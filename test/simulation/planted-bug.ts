/** A small mistake that somebody could make. */
export interface PlantedBug {
  readonly name: string
  readonly file: string
  /** Stands once in the file. */
  readonly code: string
  readonly instead: string
}
