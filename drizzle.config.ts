// drizzle-kit reads the schema here and writes migrations to drizzle/ (npm run migrations).
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/store/schema-cycle.ts', './src/store/schema-vote.ts'],
  out: './drizzle',
})
