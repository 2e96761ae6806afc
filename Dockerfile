# syntax=docker/dockerfile:1
# First the bundles are built, then they go into an image with nothing but the files that they read.
# test/docker.test.ts walks these lines in an empty folder.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY build.mjs kit.mjs kit-fonts.mjs mended.mjs third-party.mjs tsconfig.json ./
COPY src ./src
COPY locales ./locales
RUN npm run build && mkdir secrets dauys media

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 SECRETS_DIR=/app/secrets DAUYS_DIR=/app/dauys MEDIA_DIR=/app/media
WORKDIR /app
COPY package.json ./
COPY locales ./locales
COPY data ./data
COPY drizzle ./drizzle
COPY --from=build /app/dist ./dist
# The keys that lie outside the database: mount a volume here, shared by all replicas, and back it up apart from the database.
COPY --from=build --chown=node:node /app/secrets ./secrets
# Copies of what residents sent with their ideas: a volume shared by all replicas, and part of the backup.
COPY --from=build --chown=node:node /app/media ./media
# What commands write: cards, registers, demo cards. A volume too; nothing else in the image can be written.
COPY --from=build --chown=node:node /app/dauys ./dauys
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Presses leave much behind that is soon forgotten: space for it from the start spares a tenth of the processor.
ENTRYPOINT ["node", "--min-semi-space-size=16", "--v8-pool-size=1", "dist/dauys.mjs"]
