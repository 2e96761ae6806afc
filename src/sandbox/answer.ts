// Answers of the Bot API as values: a success or a refusal in Telegram's own words.

export interface Refusal {
  ok: false
  error_code: number
  description: string
  /** `retry_after`, `migrate_to_chat_id`. */
  parameters?: Record<string, unknown>
}
export type Checked<T> = { ok: true; value: T } | Refusal

/** A success that carries `value`. */
export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

/** A refusal with a status code and the whole description. */
export const refuse = (error_code: number, description: string): Refusal => ({
  ok: false,
  error_code,
  description,
})

/** 400 in Telegram's form: `Bad Request: …`. */
export const bad = (text: string): Refusal => refuse(400, `Bad Request: ${text}`)

/** 429 with the seconds to wait, as Telegram words it. */
export const tooMany = (seconds: number): Refusal => ({
  ok: false,
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
})
