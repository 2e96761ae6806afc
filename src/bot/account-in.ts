// The account that a message means: of whoever was chosen, whose contact or message was sent on, or whose number was typed.
import type { Message } from 'grammy/types'

/** Undefined where Telegram hides whose message it was, or nobody is meant. */
export function accountIn({
  users_shared: users,
  contact,
  forward_origin: origin,
  text,
}: Message): number | undefined {
  const chosen = users?.users[0]?.user_id ?? contact?.user_id
  if (chosen !== undefined) return chosen
  if (origin?.type === 'user' && !origin.sender_user.is_bot) return origin.sender_user.id
  const typed = origin === undefined && /^\s*([1-9]\d{2,15})\s*$/.exec(text ?? '')
  return typed ? Number(typed[1]) : undefined
}
