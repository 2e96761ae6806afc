// The time of Kazakhstan: one zone, and since 1 March 2024 one offset everywhere.

export const ZONE = 'Asia/Almaty'
export const OFFSET = '+05:00'
