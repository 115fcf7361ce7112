/**
 * Why this file exists: a part (`parts/`) is a bundle of its own that shares the core. The build puts every module of
 * the core that a part imports into this object, which no program can reach (scripts/guest-parts.mjs).
 */
export const shared: Readonly<Record<string, object>> = {};
