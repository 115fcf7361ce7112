import type { ReporterConstructor } from 'mocha';

declare const CountingReporter: ReporterConstructor;
export default CountingReporter;
