// drizzle-kit reads the schema here and writes migrations to drizzle/ (npm run migrations).
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    'cycle',
    'roll',
    'vote',
    'staff',
    'ideas',
    'rooms',
    'needs',
    'questions',
    'works',
    'announcements',
    'channels',
    'paper',
    'telegram',
    'pressure',
  ].map((side) => `./src/store/schema-${side}.ts`),
  out: './drizzle',
})
