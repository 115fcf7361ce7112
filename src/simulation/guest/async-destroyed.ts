/**
 * Why this file exists: the loop tells async hooks what was destroyed when its check phase begins; it knows neither the
 * hooks nor the resources. Node 20: src/async_wrap.cc (EmitDestroy), src/env.cc (CheckImmediate).
 */
export const destroyed: { readonly waiting: number[]; tell: () => void } = { waiting: [], tell: () => undefined };
