/** Why this file exists: how long `connect` would try one family before the other. Node 20: lib/net.js. */
import { checkBoolean, checkInteger } from '../../node-errors';
import { named } from '../../primordials';

/** As Node begins; the loopback answers at once, so that nothing else hangs on it. */
const choice = { isOn: true as unknown, timeoutMs: 250 };
const leastMs = 10;

const ways = {
  getDefaultAutoSelectFamily: (): unknown => choice.isOn,
  setDefaultAutoSelectFamily(value: unknown): void {
    checkBoolean(value, 'value');
    choice.isOn = value;
  },
  getDefaultAutoSelectFamilyAttemptTimeout: (): number => choice.timeoutMs,
  setDefaultAutoSelectFamilyAttemptTimeout(value: unknown): void {
    checkInteger(value, 'value', 1, 0x7fff_ffff);
    choice.timeoutMs = Math.max(value as number, leastMs); // just checked
  },
};

/** The functions of `net` by which a program looks at that, or changes it. */
export const familyChoice: Record<string, unknown> = {};
for (const [name, way] of Object.entries(ways)) familyChoice[name] = named(way, name);
