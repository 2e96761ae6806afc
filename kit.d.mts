/** The whole file of the kit, as HTML. */
export function kitHtml(): Promise<string>
