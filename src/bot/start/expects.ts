// What the start expects of a next message: a location that sorts the villages.
import { z } from 'zod'

export const startExpects = { 'village-near': z.looseObject({}) }
