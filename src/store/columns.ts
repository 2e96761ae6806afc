// Column kinds that all tables share: bytes, lists of words (read as JSON), moments (UTC, as PostgreSQL prints them) and Telegram ids.
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
export const words = customType<{ data: readonly string[] }>({ dataType: () => 'text[]' })
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
export const accountId = (name = 'account') => bigint(name, { mode: 'number' })
