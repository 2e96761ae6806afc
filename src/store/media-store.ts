// Copies of photos and voice notes: what any place that they may lie in can do. A copy's name says nothing of a person.

/** What this program names a copy; other files of the place are none of its business. */
const NAME = /^\d+-[0-9a-f]{12}\.(?:jpg|png|oga)$/

export const isCopyName = (name: string): boolean => NAME.test(name)

/** Each throws where the place is away or refuses; names that this program does not give are put nowhere and found nowhere. */
export interface MediaStore {
  /** How the setting is called that names the place, for whoever has to look there. */
  readonly setting: 'MEDIA_DIR' | 'MEDIA_URL'
  /** Writes a file whole or not at all. */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Undefined: it is not there, or has more than `most` bytes. */
  get(name: string, most: number): Promise<Uint8Array | undefined>
  has(name: string): Promise<boolean>
  /** Safe to repeat. */
  delete(name: string): Promise<void>
  /** Names of copies that lie there for so long at least. Milliseconds. */
  list(ageMs: number): Promise<string[]>
}
