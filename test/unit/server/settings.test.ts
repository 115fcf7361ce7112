import assert from 'node:assert/strict';
import { ruleSettings } from '../../../src/server/rule-settings';
import { defaultSettings, readSettings } from '../../../src/server/settings';

describe('settings', () => {
  it('are the defaults where the editor says nothing', () => {
    assert.deepEqual(readSettings(null), defaultSettings);
    assert.deepEqual(readSettings({}), defaultSettings);
  });

  it('are taken as set', () => {
    const settings = readSettings({
      enable: false, codeLens: false, hover: false, inlayHints: 'awaits', rules: { 'floating-promise': 'off' }, simulation: { maxSteps: 1000, timeout: 200 },
    });
    const rules = { 'floating-promise': 'off' };
    const expected = { enable: false, codeLens: false, hover: false, inlayHints: 'awaits', rules, maxSteps: 1000, timeout: 200 };
    assert.deepEqual(settings, expected);
  });

  it('fall back one by one where a value is wrong', () => {
    const settings = readSettings({ inlayHints: 'some', rules: { 'floating-promise': 'loud', other: 'error' }, simulation: { maxSteps: -1, timeout: '9' } });
    assert.deepEqual(settings, { ...defaultSettings, rules: { other: 'error' } });
  });

  it('reach only rules that exist, in the analysis\'s words', () => {
    assert.deepEqual(ruleSettings({ 'floating-promise': 'information', other: 'error' }), { 'floating-promise': 'info' });
  });
});
